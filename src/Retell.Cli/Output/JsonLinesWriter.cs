using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>JSON without line breaks; a list has one item on each line.</summary>
internal sealed class JsonLinesWriter(TextWriter output) : ResultWriter
{
    public override void WriteOne(JToken value) => output.WriteLine(value.ToString(Formatting.None));

    public override void WriteItem(JToken item) => WriteOne(item);

    public override void Flush() => output.Flush();

    public override void Dispose()
    {
    }
}
