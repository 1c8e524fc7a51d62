using System.Collections.Concurrent;
using System.Globalization;

namespace Samples.Reminders;

/// <summary>An appointment, and what the person said when reminded of it.</summary>
public sealed record Appointment(string Id, string Name, string Phone, DateTimeOffset Time, bool? Confirmed = null)
{
    /// <summary>Gets the time as the agent says it.</summary>
    public string When => Time.ToString("f", CultureInfo.InvariantCulture);
}

/// <summary>The appointments; a database in a real application.</summary>
public sealed class AppointmentBook
{
    private readonly ConcurrentDictionary<string, Appointment> _appointments = new();

    public Appointment this[string id]
    {
        get => _appointments[id];
        set => _appointments[id] = value;
    }

    public Appointment? Find(string? id) => id is null ? null : _appointments.GetValueOrDefault(id);
}
