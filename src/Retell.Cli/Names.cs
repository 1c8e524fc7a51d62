using System.Text.Json;

namespace Retell.Cli;

/// <summary>The names of C# as they are typed.</summary>
internal static class Names
{
    private const string Async = nameof(Async);

    /// <summary><c>PhoneNumbers</c> becomes <c>phone-numbers</c>.</summary>
    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary><c>CreatePhoneCallAsync</c> becomes <c>create-phone-call</c>.</summary>
    public static string Verb(string method) => Kebab(method.EndsWith(Async, StringComparison.Ordinal) ? method[..^Async.Length] : method);

    /// <summary>What somebody probably meant; null when nothing is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> names) => names
        .Select(name => (Name: name, Distance: name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : EditDistance.Between(typed, name)))
        .Where(candidate => candidate.Distance <= Math.Max(1, typed.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();
}
