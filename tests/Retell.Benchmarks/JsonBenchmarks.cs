using BenchmarkDotNet.Attributes;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Benchmarks;

/// <summary>Reading and writing, beside plain classes with System.Text.Json and Newtonsoft.Json, and JObject.</summary>
public class JsonBenchmarks
{
    private readonly byte[] _call = Samples.Call;
    private readonly Agent _agent = Samples.Agent();
    private readonly ConversationFlow _flow = Samples.Flow();
    private readonly string _agentJson = RetellJson.Serialize(Samples.Agent());
    private readonly string _flowJson = RetellJson.Serialize(Samples.Flow());
    private readonly JObject _plainAgent = JObject.Parse(RetellJson.Serialize(Samples.Agent()));
    private readonly JObject _plainFlow = JObject.Parse(RetellJson.Serialize(Samples.Flow()));

    /// <summary>How many words the people on the phone know.</summary>
    [Params(20, 25000)]
    public int Words { get; set; } = 20;

    internal byte[] CallsJson => field ??= Samples.Calls(Words);

    [Benchmark]
    public object ReadCall() => RetellJson.Deserialize<ICall>(new MemoryStream(_call))!;

    [Benchmark]
    public object ReadPlainCall() => PlainCall.Read<PlainCall>(new MemoryStream(_call));

    [Benchmark]
    public object ReadPlainCallWithSystemText() => PlainCall.ReadWithSystemText<PlainCall>(new MemoryStream(_call));

    [Benchmark]
    public object ReadCalls() => RetellJson.Deserialize<List<ICall>>(new MemoryStream(CallsJson))!;

    [Benchmark]
    public object ReadPlainCalls() => PlainCall.Read<List<PlainCall>>(new MemoryStream(CallsJson));

    [Benchmark]
    public object ReadPlainCallsWithSystemText() => PlainCall.ReadWithSystemText<List<PlainCall>>(new MemoryStream(CallsJson));

    [Benchmark]
    public object ReadAgent() => RetellJson.Deserialize<Agent>(_agentJson)!;

    [Benchmark]
    public object ReadPlainAgent() => JObject.Parse(_agentJson);

    [Benchmark]
    public object ReadFlow() => RetellJson.Deserialize<ConversationFlow>(_flowJson)!;

    [Benchmark]
    public object ReadPlainFlow() => JObject.Parse(_flowJson);

    [Benchmark]
    public object WriteAgent() => RetellJson.Serialize(_agent);

    [Benchmark]
    public object WritePlainAgent() => PlainCall.Write(_plainAgent);

    [Benchmark]
    public object WriteFlow() => RetellJson.Serialize(_flow);

    [Benchmark]
    public object WritePlainFlow() => PlainCall.Write(_plainFlow);
}
