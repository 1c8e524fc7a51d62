using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Retell.Testing.State;

/// <summary>Ids that look like those of the API and are the same in every run.</summary>
internal static class FakeIds
{
    /// <summary>The id of the thing that came into being as that one of its kind, from 1, of its owner.</summary>
    public static string Of(string noun, int number, string? owner = null)
    {
        string text = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{owner}{noun} {number}"))));
        return $"{noun}_{text[..24]}";
    }

    /// <summary>A phone number of the range that is kept free for fiction.</summary>
    public static string PhoneNumber(long areaCode, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"+1{areaCode % 1000:000}555{number % 10000:0000}");
}
