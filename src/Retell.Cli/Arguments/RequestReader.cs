using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Cli.Arguments;

/// <summary>Turns the JSON of a body into the request of a method; files are given by their paths.</summary>
internal sealed class RequestReader(ValueReader values, TextWriter warnings)
{
    /// <exception cref="UsageException">A file does not exist.</exception>
    public RetellObject Read(Type type, JObject body)
    {
        Warn(type, body);
        var fields = (JObject)body.DeepClone();
        var files = JsonMembers.Of(type)
            .Where(member => IsFile(member.Property.PropertyType) && fields[member.Name] is not null)
            .Select(member => (member.Property, Value: Files(member.Property.PropertyType, fields[member.Name]!, member.Name), member.Name))
            .ToList();
        files.ForEach(file => fields.Remove(file.Name));
        var request = (RetellObject)RetellJson.Deserialize(RetellJson.Serialize(fields), type)!;
        files.ForEach(file => file.Property.SetValue(request, file.Value));
        return request;
    }

    private static bool IsFile(Type type) => type == typeof(RetellFile) || type == typeof(IList<RetellFile>);

    private object Files(Type type, JToken paths, string name)
    {
        string[] texts = [.. (paths as JArray ?? [paths]).Select(path => path.ToString())];
        return values.Read(type == typeof(RetellFile) ? type : typeof(IEnumerable<RetellFile>), texts, name);
    }

    /// <summary>Unknown members are sent, because the API may be newer. The warning is for typing errors.</summary>
    private void Warn(Type type, JObject body)
    {
        foreach (JProperty member in body.Properties().Where(member => JsonMembers.Find(type, member.Name) is null))
        {
            string hint = Names.Nearest(member.Name, JsonMembers.Of(type).Select(known => known.Name)) is string name ? $" Did you mean {name}?" : "";
            warnings.WriteLine($"warning: {type.Name} has no member {member.Name} in this version; it is sent unchanged.{hint}");
        }
    }
}
