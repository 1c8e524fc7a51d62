using Retell.Generated;

namespace Retell;

public partial class RetellClient
{
    private RetellRaw? _raw;

    /// <summary>Every operation of the API as the spec has it.</summary>
    public virtual RetellRaw Raw => Once.Get(ref _raw, this, static client => new RetellRaw(client.Transport));
}
