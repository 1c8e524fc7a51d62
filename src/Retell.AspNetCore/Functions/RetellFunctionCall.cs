using Microsoft.AspNetCore.Http;
using Retell.Models;

namespace Retell.AspNetCore;

/// <summary>A call of a custom function by an agent.</summary>
/// <typeparam name="TArgs">The type of the arguments.</typeparam>
public sealed class RetellFunctionCall<TArgs>
{
    internal RetellFunctionCall(HttpContext context, TArgs args, string? name, ICall? call, Chat? chat, string? idempotencyKey) =>
        (HttpContext, Args, Name, Call, Chat, IdempotencyKey) = (context, args, name, call, chat, idempotencyKey);

    /// <summary>Gets the arguments.</summary>
    public TArgs Args { get; }

    /// <summary>Gets the name of the function, or null if the request has only arguments.</summary>
    public string? Name { get; }

    /// <summary>Gets the call with its transcript so far, or null in a chat or if the request has only arguments.</summary>
    public ICall? Call { get; }

    /// <summary>Gets the chat, or null in a call or if the request has only arguments.</summary>
    public Chat? Chat { get; }

    /// <summary>
    /// Gets a key that is the same for each request with the same call or chat, function and arguments, or null if the request does not name the call or chat.
    /// An agent that is interrupted can run a function twice. It has 64 hexadecimal digits and does not depend on the order of the arguments.
    /// </summary>
    public string? IdempotencyKey { get; }

    /// <summary>Gets the HTTP request and response.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>Gets the services of the request.</summary>
    public IServiceProvider Services => HttpContext.RequestServices;
}
