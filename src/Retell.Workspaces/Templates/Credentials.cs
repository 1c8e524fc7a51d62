using System.Text;
using System.Text.RegularExpressions;
using Retell.Workspaces.Model;

namespace Retell.Workspaces.Templates;

/// <summary>Says which values are kept out of files.</summary>
internal static partial class Credentials
{
    private static readonly HashSet<string> s_harmlessNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Language", "Content-Type", "Origin", "Referer", "User-Agent",
    };

    /// <summary>Returns whether a value of the server must not be written to a file.</summary>
    public static bool IsSecret(MemberRole role, string name, string value) => role switch
    {
        MemberRole.Secret => value.Length > 0 && !s_harmlessNames.Contains(name) && !DynamicVariable().IsMatch(value),
        MemberRole.Url => UserInfo().IsMatch(value) || SecretQuery().IsMatch(value),
        _ => false,
    };

    /// <summary>Returns whether the API shows a secret only in part, such as <c>****1234</c>.</summary>
    public static bool IsMasked(string value) => value.Contains("***", StringComparison.Ordinal) || value.Contains("••", StringComparison.Ordinal);

    /// <summary>Makes the name of an environment variable for the secret at a member.</summary>
    public static string NameOf(ResourceAddress address, string path)
    {
        var name = new StringBuilder();
        foreach (char c in $"{address}/{path}".ToUpperInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(c);
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }
        }

        return name.ToString().TrimEnd('_');
    }

    [GeneratedRegex(@"^\s*\{\{[^{}]+\}\}\s*$")]
    private static partial Regex DynamicVariable();

    [GeneratedRegex(@"^[a-z+.-]+://[^/?#@\s]*:[^/?#@\s]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"[?&;](?:[^=&#]*(?:key|token|secret|passw|auth|signature|credential)[^=&#]*|code|sig|pwd)=(?!\{\{)[^&#]", RegexOptions.IgnoreCase)]
    private static partial Regex SecretQuery();
}
