using System.Text.Json;
using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Json
{
    public static Task RunAsync(FakeRetellServer _)
    {
        #region system-text-json
        ICall kept = RetellJson.Deserialize<ICall>("""{"call_type": "web_call", "call_id": "call_1", "score": 0.1234567890123456789}""")!;
        Console.WriteLine(JsonSerializer.Serialize(new { Kept = kept }, JsonSerializerOptions.Web));
        // {"kept":{"call_type":"web_call","call_id":"call_1","score":0.1234567890123456789}}
        #endregion

        return Task.CompletedTask;
    }
}
