using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Resilience;

/// <summary>A server that fails each request in one way, and what the caller must be told of it.</summary>
internal sealed record Fault(string Name, Func<RawServer> Start, Func<Exception, bool> IsReported)
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        Status(500),
        Status(503),
        Status(408),
        new("drop", RawServer.Dropping, error => error is RetellConnectionException { MayHaveBeenSent: true }),
        new("hang", () => RawServer.Silent(out _), error => error is RetellTimeoutException),
        new("cut", () => RawServer.Answering(RawServer.Response(200, "{\"", length: 100)), error => error is RetellConnectionException { MayHaveBeenSent: true }),
    ];

    public override string ToString() => Name;

    private static Fault Status(int status) => new(
        $"{status}",
        () => RawServer.Answering(RawServer.Response(status, $$"""{"message":"server said {{status}}"}""", "Connection: close\r\n")),
        error => error is RetellApiException api && (int)api.StatusCode == status && api.ErrorMessage == $"server said {status}");
}
