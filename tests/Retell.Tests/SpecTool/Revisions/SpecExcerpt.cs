using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool.Revisions;

/// <summary>Some operations of a document with everything that they refer to: a whole document, but small.</summary>
internal static class SpecExcerpt
{
    /// <summary>Some random paths, as long as they do not refer to too much.</summary>
    public static JObject Of(JObject document, Random random, int count, int maxSchemas)
    {
        string[] paths = [.. ((JObject)document["paths"]!).Properties().Select(path => path.Name)];
        random.Shuffle(paths);
        return Enumerable.Range(0, paths.Length / count)
            .Select(start => Of(document, paths.Skip(start * count).Take(count)))
            .First(excerpt => excerpt["components"]!["schemas"]!.Count() <= maxSchemas);
    }

    public static JObject Of(JObject document, IEnumerable<string> paths)
    {
        var excerpt = new JObject
        {
            ["openapi"] = document["openapi"],
            ["info"] = document["info"]!.DeepClone(),
            ["servers"] = document["servers"]?.DeepClone(),
            ["security"] = document["security"]?.DeepClone(),
            ["paths"] = new JObject(paths.Select(path => new JProperty(path, document["paths"]![path]!.DeepClone()))),
            ["components"] = new JObject { ["securitySchemes"] = document["components"]!["securitySchemes"]?.DeepClone() },
        };
        Queue<JToken> open = new([excerpt["paths"]!]);
        while (open.TryDequeue(out JToken? node))
        {
            foreach (string reference in node.SelectTokens("$..$ref").Where(value => value.Type == JTokenType.String).Select(value => (string)value!).ToList())
            {
                string[] steps = reference.Split('/');
                var components = (JObject)excerpt["components"]!;
                if (components[steps[2]] is not JObject section)
                {
                    components[steps[2]] = section = [];
                }

                if (section[steps[3]] is null)
                {
                    section[steps[3]] = document["components"]![steps[2]]![steps[3]]!.DeepClone();
                    open.Enqueue(section[steps[3]]!);
                }
            }
        }

        excerpt["components"]!["schemas"] ??= new JObject();
        return excerpt;
    }
}
