using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Retell.Benchmarks.Llm;
using Retell.Benchmarks.Quick;

switch (args)
{
    case ["quick", .. string[] parts]:
        await QuickRun.RunAsync(Console.Out, parts).ConfigureAwait(false);
        break;
    case ["llm", .. string[] numbers]:
        await LlmLoad.RunAsync(
            Console.Out,
            calls: numbers.Length > 0 ? int.Parse(numbers[0], CultureInfo.InvariantCulture) : 500,
            duration: TimeSpan.FromSeconds(numbers.Length > 1 ? int.Parse(numbers[1], CultureInfo.InvariantCulture) : 60)).ConfigureAwait(false);
        break;
    case ["start", string way, string baseUrl]:
        await Child.StartAsync(way, new Uri(baseUrl)).ConfigureAwait(false);
        break;
    default:
        // In this process: BenchmarkDotNet would build a project for each benchmark, and generate the client with it.
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default));
        break;
}
