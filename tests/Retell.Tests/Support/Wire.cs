using System.Text;
using System.Text.RegularExpressions;

namespace Retell.Tests.Support;

/// <summary>The serializer under test, in one place.</summary>
internal static class Wire
{
    /// <summary>Nothing of it may change the objects of the API but the white space.</summary>
    private static readonly System.Text.Json.JsonSerializerOptions s_options = new(System.Text.Json.JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        MaxDepth = 512,
    };

    public static object? Read(string json, Type type) => RetellJson.Deserialize(json, type);

    public static object? Read(Stream json, Type type) => RetellJson.Deserialize(json, type);

    public static string Write(object? value) => RetellJson.Serialize(value);

    public static void Write(Stream json, object? value) => RetellJson.Serialize(value, json);

    /// <summary>Bytes in and bytes out. A half character is no UTF-8, and so it is an escape.</summary>
    public static string RoundTripStream(string json, Type type)
    {
        using var source = new MemoryStream(ToUtf8(json));
        using var target = new MemoryStream();
        Write(target, Read(source, type));
        return Encoding.UTF8.GetString(target.ToArray());
    }

    /// <summary>The same with System.Text.Json, as an application has it set up.</summary>
    public static string RoundTripSystemText(string json, Type type)
    {
        object? read = System.Text.Json.JsonSerializer.Deserialize(ToUtf8(json), type, s_options);
        return Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(read, type, s_options));
    }

    private static byte[] ToUtf8(string json) =>
        Encoding.UTF8.GetBytes(Regex.Replace(json, "[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]", half => $"\\u{(int)half.Value[0]:x4}"));

    public static string RoundTrip(string json, Type type) => Write(Read(json, type));
}
