namespace Retell.Tests.Support;

/// <summary>The serializer under test, in one place.</summary>
internal static class Wire
{
    public static object? Read(string json, Type type) => RetellJson.Deserialize(json, type);

    public static object? Read(Stream json, Type type) => RetellJson.Deserialize(json, type);

    public static string Write(object? value) => RetellJson.Serialize(value);

    public static void Write(Stream json, object? value) => RetellJson.Serialize(value, json);

    public static string RoundTrip(string json, Type type) => Write(Read(json, type));
}
