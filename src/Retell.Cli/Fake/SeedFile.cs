using Newtonsoft.Json.Linq;
using Retell.Testing;

namespace Retell.Cli.Fake;

/// <summary>The objects that a fake has from the start: <c>{"Agent": [{…}, {…}], "PhoneNumber": {…}}</c>, by type or by an operation that returns them.</summary>
internal static class SeedFile
{
    /// <exception cref="UsageException">The JSON has another form, a type is unknown, or an object is not valid; the message says where.</exception>
    public static void Apply(JToken json, FakeRetellServer server, string option)
    {
        JObject types = json as JObject ?? throw new UsageException(
            $"{option}: $ must be an object with a member for each type, such as {{\"Agent\": [{{\"agent_id\": \"agent_1\"}}]}}.");
        foreach (JToken item in types.Properties().SelectMany(type => type.Value is JArray several ? several : (IEnumerable<JToken>)[type.Value]))
        {
            string path = $"$.{item.Path}";
            JObject members = item as JObject ?? throw new UsageException($"{option}: {path} must be an object{(item.Parent is JProperty ? " or an array of objects" : "")}.");
            try
            {
                server.Seed(((JProperty)(item.Parent is JArray list ? list.Parent : item.Parent)!).Name, members);
            }
            catch (ArgumentException e)
            {
                throw new UsageException($"{option}: {path}: {ErrorLine.WithoutParameter(e)}", e);
            }
        }
    }
}
