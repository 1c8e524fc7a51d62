using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Retell.AspNetCore;

namespace Retell.AI.Chat;

/// <summary>The result of a tool.</summary>
/// <param name="Value">The value for the model.</param>
/// <param name="Text">The text for the transcript.</param>
/// <param name="IsSuccessful">Whether the tool succeeded.</param>
internal sealed record ToolResult(object? Value, string Text, bool IsSuccessful);

/// <summary>A run of a tool. It ends with the tool or with the call, and not with the turn.</summary>
internal sealed class ToolRun
{
    private ToolRun(Task<ToolResult> completion) => Completion = completion;

    public Task<ToolResult> Completion { get; }

    /// <summary>Gets a value indicating whether the tool failed, so that it may run again.</summary>
    public bool HasFailed => Completion.IsCompleted && (!Completion.IsCompletedSuccessfully || !Completion.Result.IsSuccessful);

    /// <summary>Gets or sets a value indicating whether the model has responded to the result.</summary>
    public bool IsTold { get; set; }

    public static ToolRun Start(AIFunction function, FunctionCallContent content, string id, string arguments, LlmCall call, bool includesErrors, ILogger log) =>
        new(Task.Run(() => RunAsync(function, content, id, arguments, call, includesErrors, log)));

    /// <remarks>The entries of the transcript do not belong to the turn: a newer turn would drop the result.</remarks>
    private static async Task<ToolResult> RunAsync(AIFunction function, FunctionCallContent content, string id, string arguments, LlmCall call, bool includesErrors, ILogger log)
    {
        await call.SendAsync(LlmOutput.ToolInvoked(id, function.Name, arguments), call.Ended).ConfigureAwait(false);
        ToolResult result = await InvokeAsync(function, content, call, includesErrors, log).ConfigureAwait(false);
        try
        {
            await call.SendAsync(LlmOutput.ToolReturned(id, result.Text, result.IsSuccessful), call.Ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (call.Ended.IsCancellationRequested)
        {
            // The call has ended, and its transcript with it.
        }

        return result;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A tool can throw any exception, and the model gets an error for it.")]
    private static async Task<ToolResult> InvokeAsync(AIFunction function, FunctionCallContent content, LlmCall call, bool includesErrors, ILogger log)
    {
        try
        {
            var arguments = new AIFunctionArguments(content.Arguments) { Services = call.Services, Context = new Dictionary<object, object?> { [typeof(LlmCall)] = call } };
            object? value = await function.InvokeAsync(arguments, call.Ended).ConfigureAwait(false);
            return new(value, ToolArguments.ToText(value), true);
        }
        catch (OperationCanceledException) when (call.Ended.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            ChatAgentLog.ToolFailed(log, function.Name, e.GetType().Name);
            ChatAgentLog.ToolFailure(log, e, function.Name);
            string error = includesErrors || e is RetellException or ArgumentException or JsonException ? $"Error: {e.Message}" : "Error: The tool failed.";
            return new(error, error, false);
        }
    }
}
