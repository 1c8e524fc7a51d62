using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Retell.Testing.State;

/// <summary>IDs in the format of the API that are the same in every run.</summary>
internal static class FakeIds
{
    /// <summary>Returns the ID of an object by its number, from 1, among those of its kind and owner.</summary>
    public static string Of(string noun, int number, string? owner = null)
    {
        string text = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{owner}{noun} {number}"))));
        return $"{noun}_{text[..24]}";
    }

    /// <summary>Returns a phone number of the range that is reserved for fiction.</summary>
    public static string PhoneNumber(long areaCode, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"+1{areaCode % 1000:000}555{number % 10000:0000}");
}
