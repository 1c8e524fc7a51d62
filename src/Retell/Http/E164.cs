namespace Retell.Http;

/// <summary>Checks phone numbers in E.164 format.</summary>
internal static class E164
{
    private const int MaxDigits = 15;

    /// <summary>Returns the message that says why a number is not valid, or null if it is.</summary>
    public static string? FindFault(string number)
    {
        string digits = number.Length == 0 ? "" : number.Substring(1);
        string? fault = number.Length == 0 || number[0] != '+' ? "it does not start with a plus sign and the country code"
            : digits.Where(c => c is < '0' or > '9').Select(c => (char?)c).FirstOrDefault() is char odd ? $"it contains '{odd}', which is not a digit"
            : digits.Length is < 2 or > MaxDigits ? $"it has {digits.Length} digits, not 2 to {MaxDigits}"
            : digits[0] == '0' ? "a country code does not start with 0"
            : null;
        return fault is null ? null : $"\"{number}\" is not a valid E.164 phone number: {fault}. Use a number such as +14157774444.";
    }
}
