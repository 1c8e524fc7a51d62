using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore.Http;
using Retell.Models;

namespace Retell.AspNetCore.Functions;

/// <summary>The body or query of a custom function request: an envelope with the call or chat, or the arguments only.</summary>
/// <param name="Name">The name of the function, or null.</param>
/// <param name="Args">The arguments.</param>
/// <param name="Subject">The JSON of the call or chat, or null.</param>
/// <param name="IsChat">Whether it is a chat.</param>
internal sealed record FunctionRequest(string? Name, JObject Args, JObject? Subject, bool IsChat)
{
    /// <summary>Gets a value indicating whether the arguments are from the query.</summary>
    public bool IsQuery { get; private init; }

    /// <summary>Reads a request, and returns null if its body is not a JSON object.</summary>
    public static FunctionRequest? Read(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new(null, QueryArguments.Read(request.Query), null, false) { IsQuery = true };
        }

        return Parse(body) is JObject json ? Read(json) : null;
    }

    public ICall? Call() => Subject is null || IsChat ? null : RetellJson.Deserialize<ICall>(RetellJson.Serialize(Subject));

    public Chat? Chat() => Subject is null || !IsChat ? null : RetellJson.Deserialize<Chat>(RetellJson.Serialize(Subject));

    /// <summary>Returns the hash of the ID, the name and the sorted arguments, or null without an ID.</summary>
    public string? IdempotencyKey()
    {
        if (Subject?[IsChat ? "chat_id" : "call_id"] is not JValue { Value: string { Length: > 0 } id })
        {
            return null;
        }

        string text = RetellJson.Serialize(new JArray(id, Name ?? "", Sorted(Args)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static FunctionRequest Read(JObject json)
    {
        (JObject? call, JObject? chat) = (json["call"] as JObject, json["chat"] as JObject);
        bool isEnvelope = json["name"] is JValue { Value: string } && (json["args"] ?? call ?? chat) is JObject;
        return isEnvelope
            ? new((string?)json["name"], json["args"] as JObject ?? [], call ?? chat, call is null && chat is not null)
            : new(null, json, null, false);
    }

    private static JToken? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using MemoryStream stream = Utf8Stream.Open(body);
            return RetellJson.Deserialize<JToken>(stream);
        }
        catch (RetellSerializationException)
        {
            return null;
        }
    }

    private static JToken Sorted(JToken json) => json switch
    {
        JObject members => new JObject(
            members.Properties().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => new JProperty(member.Name, Sorted(member.Value)))),
        JArray items => new JArray(items.Select(Sorted)),
        _ => json,
    };
}
