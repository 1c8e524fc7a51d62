namespace Retell.Generated;

/// <summary>
/// The raw clients: one per resource, with a method for every operation of the spec. Use them for what the resources of the client do not have.
/// </summary>
public partial class RetellRaw
{
    private readonly IApiInvoker? _invoker;

    /// <summary>Creates a test double.</summary>
    protected RetellRaw()
    {
    }

    internal RetellRaw(IApiInvoker invoker) => _invoker = invoker;

    /// <summary>Gets the sender of the requests, which a test double does not have.</summary>
    internal IApiInvoker Invoker => _invoker ?? throw new InvalidOperationException("The raw client is a test double. Override each client that is used.");
}
