namespace Retell.Generated;

/// <summary>
/// The operation clients: every operation of the spec as it is, one client a resource. What the resources of the client
/// do not offer can be called here.
/// </summary>
public partial class RetellRaw
{
    private readonly IApiInvoker? _invoker;

    /// <summary>For test doubles.</summary>
    protected RetellRaw()
    {
    }

    internal RetellRaw(IApiInvoker invoker) => _invoker = invoker;

    private IApiInvoker Invoker => _invoker ?? throw new InvalidOperationException("A test double has to override each client that is used.");
}
