using Retell.Models;

namespace Retell;

public partial class LlmsResource
{
    /// <summary>Creates a Retell LLM.</summary>
    /// <param name="generalPrompt">The general prompt, which describes the role and the task of the agent.</param>
    /// <param name="startSpeaker">The speaker of the first message.</param>
    /// <param name="beginMessage">The first message of the agent, or null to let the model create it.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The created Retell LLM.</returns>
    /// <exception cref="ArgumentException"><paramref name="generalPrompt"/> is null or empty, or <paramref name="startSpeaker"/> has no value.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-retell-llm</c> (<c>createRetellLLM</c>).</remarks>
    public virtual Task<RetellLlm> CreateAsync(
        string generalPrompt,
        StartSpeaker startSpeaker,
        string? beginMessage = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var request = Made(new RetellLlmSettings { GeneralPrompt = NotEmpty(generalPrompt), StartSpeaker = NotDefault(startSpeaker) });
        if (beginMessage is not null)
        {
            // Null has a meaning here, and would be sent.
            request.BeginMessage = beginMessage;
        }

        return CreateAsync(request, options: options, cancellationToken: cancellationToken);
    }
}
