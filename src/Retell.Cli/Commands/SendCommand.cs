using System.CommandLine;
using Newtonsoft.Json.Linq;
using Retell.Cli.Arguments;
using Retell.Cli.Help;
using Retell.Cli.Output;

namespace Retell.Cli.Commands;

/// <summary><c>retell send GET /path</c>: an endpoint that has no command of its own.</summary>
internal static class SendCommand
{
    public static Command Create(RunContext run)
    {
        var method = new Argument<string>("method") { Description = "The HTTP method, such as GET or POST." };
        method.CompletionSources.Add("GET", "POST", "PATCH", "PUT", "DELETE");
        var path = new Argument<string>("path") { Description = "The path, such as /v2/get-call/call_1, percent-encoded, with or without a query." };
        var body = new BodyInput(null);
        var command = new Command("send", HelpTexts.Send) { method, path };
        body.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            JObject? content = body.Read(parsed, new JsonSource(run.Environment));
            string? response = null;
            var options = new RequestOptions { ResponseReceived = received => response = received.RawBody };
            using RetellClient client = run.CreateClient(parsed);
            await client.SendAsync(MethodOf(parsed.GetRequiredValue(method)), parsed.GetRequiredValue(path), content, options, cancellationToken).ConfigureAwait(false);
            using ResultWriter writer = run.CreateWriter(parsed);
            Print(response, writer, run.Environment.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static HttpMethod MethodOf(string name) => name.Length > 0 && name.All(char.IsAsciiLetter)
        ? new HttpMethod(name.ToUpperInvariant())
        : throw new UsageException($"\"{name}\" is not a valid HTTP method. Use a method such as GET or POST.");

    private static void Print(string? response, ResultWriter writer, TextWriter output)
    {
        if (string.IsNullOrWhiteSpace(response))
        {
            return;
        }

        try
        {
            writer.WriteOne(RetellJson.Deserialize<JToken>(response) ?? JValue.CreateNull());
        }
        catch (RetellSerializationException)
        {
            output.WriteLine(response);
        }
    }
}
