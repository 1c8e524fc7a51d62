using BenchmarkDotNet.Attributes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Benchmarks;

/// <summary>Reading and writing, beside Newtonsoft.Json with plain classes (reading) and JObject (writing).</summary>
public class JsonBenchmarks
{
    private readonly byte[] _call = Samples.Call;
    private readonly Agent _agent = Samples.Agent();
    private readonly ConversationFlow _flow = Samples.Flow();
    private readonly JObject _plainAgent = JObject.Parse(RetellJson.Serialize(Samples.Agent()));
    private readonly JObject _plainFlow = JObject.Parse(RetellJson.Serialize(Samples.Flow()));

    internal byte[] CallsJson { get; } = Samples.Calls();

    [Benchmark]
    public object ReadCall() => RetellJson.Deserialize<ICall>(new MemoryStream(_call))!;

    [Benchmark]
    public object ReadPlainCall() => PlainCall.Read<PlainCall>(new MemoryStream(_call));

    [Benchmark]
    public object ReadCalls() => RetellJson.Deserialize<List<ICall>>(new MemoryStream(CallsJson))!;

    [Benchmark]
    public object ReadPlainCalls() => PlainCall.Read<List<PlainCall>>(new MemoryStream(CallsJson));

    /// <summary>No reader that is built on Newtonsoft.Json can be faster.</summary>
    [Benchmark]
    public object ReadTokensOfCalls()
    {
        using var reader = new JsonTextReader(new StreamReader(new MemoryStream(CallsJson))) { DateParseHandling = DateParseHandling.None };
        while (reader.Read())
        {
        }

        return reader;
    }

    [Benchmark]
    public object WriteAgent() => RetellJson.Serialize(_agent);

    [Benchmark]
    public object WritePlainAgent() => PlainCall.Write(_plainAgent);

    [Benchmark]
    public object WriteFlow() => RetellJson.Serialize(_flow);

    [Benchmark]
    public object WritePlainFlow() => PlainCall.Write(_plainFlow);
}
