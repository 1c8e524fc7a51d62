namespace Retell.Testing;

/// <summary>How a <see cref="FakeRetellServer"/> works. It is read when the server is created.</summary>
public sealed record FakeRetellServerOptions
{
    /// <summary>The only API key that is accepted; null to accept every key that is not empty.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What is answered to the id of a thing that was never created or seeded.</summary>
    public FakeUnknownIds UnknownIds { get; init; } = FakeUnknownIds.Sample;

    /// <summary>Whether requests may have members and query values that the document of the API does not know.</summary>
    public bool AllowUnknownMembers { get; init; }

    /// <summary>The clock of timestamps and delays.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
