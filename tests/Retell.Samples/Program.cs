using Retell.Testing;
using Samples;

if (args is [])
{
    Console.WriteLine("dotnet run --project tests/Retell.Samples -- NAME [OPTIONS]");
    foreach (Sample sample in Sample.All)
    {
        Console.WriteLine($"  {sample.Name,-22} {sample.Summary}");
    }

    return 0;
}

if (args is not [string name, .. string[] options] || Sample.All.FirstOrDefault(sample => sample.Name == name) is not Sample chosen || (options.Length > 0 && !chosen.TakesOptions))
{
    Console.Error.WriteLine($"There is no sample \"{string.Join(' ', args)}\". The samples are: {string.Join(", ", Sample.All.Select(sample => sample.Name))}.");
    return 2;
}

// A fake of the API on loopback, whose calls take as long as it takes to see them.
var timings = new FakeTimings
{
    CallConnects = TimeSpan.FromMilliseconds(50),
    CallLasts = TimeSpan.FromMilliseconds(300),
    AnalysisTakes = TimeSpan.FromMilliseconds(50),
    KnowledgeBaseTakes = TimeSpan.FromMilliseconds(50),
};
await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { TimeProvider = TimeProvider.System, Timings = timings, UnknownIds = FakeUnknownIds.NotFound });
Environment.SetEnvironmentVariable("RETELL_API_KEY", server.ApiKey);
Environment.SetEnvironmentVariable("RETELL_BASE_URL", server.BaseUrl.AbsoluteUri);

await chosen.RunAsync(server, options);

Console.WriteLine();
Console.WriteLine("The fake received:");
foreach (FakeRequest request in server.Requests)
{
    Console.WriteLine($"  {request.Method} {request.Path} {request.ResponseStatus}{string.Concat(request.Errors.Select(error => $" {error}"))}");
}

return server.Requests.Invalid().Count == 0 ? 0 : 1;
