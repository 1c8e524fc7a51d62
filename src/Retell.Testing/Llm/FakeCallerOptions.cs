using System.Net.WebSockets;
using Retell.Models;

namespace Retell.Testing;

/// <summary>The options of a <see cref="FakeCaller"/>.</summary>
public sealed class FakeCallerOptions
{
    /// <summary>Gets the ID of the call, or null for a new one.</summary>
    public string? CallId { get; init; }

    /// <summary>Gets the call that a server receives if it asks for the details, or null for a web call. The ID of the call is set.</summary>
    public ICall? Call { get; init; }

    /// <summary>Gets a value indicating whether the details of the call are sent to a server that asks for them. The default is true.</summary>
    public bool SendsCallDetails { get; init; } = true;

    /// <summary>Gets a value indicating whether dialing waits until the first response is closed. The default is true.</summary>
    public bool WaitsForBegin { get; init; } = true;

    /// <summary>Gets the time after which a response that is not closed is a violation of the protocol. The default is 15 seconds.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the time between two pings, which are sent if the server asks for them. The default is 2 seconds, as Retell has it.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets the time after which a ping without a reply is a violation of the protocol. The default is 5 seconds, after which Retell closes the connection.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the size of the fragments in which messages are sent, in bytes, or null for whole messages.</summary>
    public int? FragmentSize { get; init; }

    /// <summary>Gets the clock of pings, timeouts and measurements. The default is the system clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Gets the function that connects, or null for a socket. For a server in memory: <c>(url, token) => testServer.CreateWebSocketClient().ConnectAsync(url, token)</c>.
    /// </summary>
    public Func<Uri, CancellationToken, Task<WebSocket>>? Connect { get; init; }
}
