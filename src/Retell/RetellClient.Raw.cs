using Retell.Generated;

namespace Retell;

public partial class RetellClient
{
    private RetellRaw? _raw;

    /// <summary>Gets the raw clients, which have a method for every operation of the spec.</summary>
    public virtual RetellRaw Raw => Once.Get(ref _raw, this, static client => new RetellRaw(client.Transport));
}
