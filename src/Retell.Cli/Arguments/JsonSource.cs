using Newtonsoft.Json.Linq;

namespace Retell.Cli.Arguments;

/// <summary>JSON as it is given: itself, the name of a file, or - for the standard input.</summary>
internal sealed class JsonSource(CliEnvironment environment)
{
    /// <exception cref="UsageException">The file does not exist, or is not JSON.</exception>
    public JToken Read(string text, string name)
    {
        string json = TextOf(text, name);
        try
        {
            return RetellJson.Deserialize<JToken>(json) ?? JValue.CreateNull();
        }
        catch (RetellSerializationException e)
        {
            throw new UsageException($"{name}: {e.Message.Replace(" as JToken", "", StringComparison.Ordinal)}", e);
        }
    }

    private string TextOf(string text, string name)
    {
        string trimmed = text.TrimStart();
        if (trimmed.StartsWith('{') || trimmed.StartsWith('['))
        {
            return text;
        }

        try
        {
            return text == "-" ? StandardInput(name) : File.ReadAllText(text.TrimStart('@'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{name}: the file \"{text}\" cannot be read. Use a file, - for the standard input, or JSON that begins with {{ or [.", e);
        }
    }

    private string StandardInput(string name)
    {
        if (environment.IsInputClosed)
        {
            throw new UsageException($"{name}: the standard input is closed. Pipe the JSON into the command, or use a file or the JSON itself.");
        }

        if (environment.IsInputTerminal)
        {
            environment.Error.WriteLine($"{name}: reading JSON from the standard input. End it with {(OperatingSystem.IsWindows() ? "Ctrl+Z and Enter" : "Ctrl+D")}.");
        }

        return environment.Input.ReadToEnd();
    }
}
