namespace Retell.Testing;

/// <summary>The signature of a request that a test sends to the application: a valid one, or one that the application must reject.</summary>
public enum FakeSignature
{
    /// <summary>A valid signature.</summary>
    Valid,

    /// <summary>No <c>X-Retell-Signature</c> header.</summary>
    Missing,

    /// <summary>A timestamp without a digest.</summary>
    Malformed,

    /// <summary>A signature that was valid until one minute ago: it is 6 minutes old.</summary>
    Stale,

    /// <summary>A signature of a time 6 minutes ahead.</summary>
    Future,

    /// <summary>The signature by another API key.</summary>
    OtherKey,

    /// <summary>The signature of the body before it was serialized again: it differs from what is sent in white space alone.</summary>
    ChangedBody,
}
