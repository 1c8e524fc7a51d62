using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>Prints the result of a command: one thing, or a list piece by piece.</summary>
internal abstract class ResultWriter : IDisposable
{
    /// <summary>The JSON of an object of the API, as it is sent.</summary>
    public static JToken JsonOf(object? value) =>
        value as JToken ?? RetellJson.Deserialize<JToken>(RetellJson.Serialize(value)) ?? JValue.CreateNull();

    public abstract void WriteOne(JToken value);

    public virtual void BeginList()
    {
    }

    public abstract void WriteItem(JToken item);

    public virtual void EndList()
    {
    }

    /// <summary>Prints the items that were written so far, where a list has no end.</summary>
    public virtual void Flush()
    {
    }

    public abstract void Dispose();
}
