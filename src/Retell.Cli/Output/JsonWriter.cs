using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>Indented JSON; a list is one array.</summary>
internal sealed class JsonWriter(TextWriter output) : ResultWriter
{
    private readonly JsonTextWriter _json = new(output) { Formatting = Formatting.Indented, CloseOutput = false, AutoCompleteOnClose = false };

    public override void WriteOne(JToken value) => Complete(() => value.WriteTo(_json));

    public override void BeginList() => _json.WriteStartArray();

    public override void WriteItem(JToken item) => item.WriteTo(_json);

    public override void EndList() => Complete(_json.WriteEndArray);

    public override void Dispose() => ((IDisposable)_json).Dispose();

    private void Complete(Action write)
    {
        write();
        _json.Flush();
        output.WriteLine();
    }
}
