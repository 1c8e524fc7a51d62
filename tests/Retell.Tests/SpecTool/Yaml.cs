namespace Retell.Tests.SpecTool;

/// <summary>The frame around the few lines that a test is about.</summary>
internal static class Yaml
{
    public static string Document(string schemas, string paths = "{}") => $"""
        openapi: 3.0.3
        info: {"{"} title: Test, version: 1.0.0 {"}"}
        paths:
        {Indented(paths, 2)}
        components:
          schemas:
        {Indented(schemas, 4)}
        """;

    /// <summary>A document with these operations.</summary>
    public static string Paths(string paths, string schemas = "{}") => Document(schemas, paths);

    public static string Overlay(string actions) => $"""
        overlay: 1.0.0
        info: {"{"} title: Test, version: 1.0.0 {"}"}
        actions:
        {Indented(actions, 2)}
        """;

    public static string Lock(params (string Place, string Name)[] names) =>
        "names:\n" + string.Concat(names.Select(name => $"  \"{(name.Place.StartsWith('#') ? name.Place : "#/components/schemas/" + name.Place)}\": {name.Name}\n"));

    private static string Indented(string text, int by) => string.Join('\n', text.Split('\n').Select(line => new string(' ', by) + line));
}
