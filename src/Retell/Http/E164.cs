namespace Retell.Http;

/// <summary>Phone numbers as the API wants them.</summary>
internal static class E164
{
    private const int MaxDigits = 15;

    /// <summary>What is wrong with a number; null when nothing is.</summary>
    public static string? FindFault(string number)
    {
        string digits = number.Length == 0 ? "" : number.Substring(1);
        string? fault = number.Length == 0 || number[0] != '+' ? "it does not begin with a plus sign and the country code"
            : digits.Where(c => c is < '0' or > '9').Select(c => (char?)c).FirstOrDefault() is char odd ? $"it has '{odd}' in it, which is no digit"
            : digits.Length is < 2 or > MaxDigits ? $"it has {digits.Length} digits, not 2 to {MaxDigits}"
            : digits[0] == '0' ? "no country code begins with 0"
            : null;
        return fault is null ? null : $"\"{number}\" is no phone number in E.164 format, such as +14157774444: {fault}.";
    }
}
