using Retell.Models;

namespace Retell;

public partial class LlmsResource
{
    /// <summary>Creates an LLM. Calls <c>createRetellLLM</c>.</summary>
    /// <param name="generalPrompt">What the agent is and does.</param>
    /// <param name="startSpeaker">Who speaks first.</param>
    /// <param name="beginMessage">What the agent says first; by default it finds words of its own.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The LLM.</returns>
    /// <exception cref="ArgumentException"><paramref name="generalPrompt"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<RetellLlm> CreateAsync(string generalPrompt, StartSpeaker startSpeaker, string? beginMessage = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = Made(new RetellLlmSettings { GeneralPrompt = NotEmpty(generalPrompt), StartSpeaker = NotDefault(startSpeaker) });
        if (beginMessage is not null)
        {
            // A null would be sent: it has a meaning there.
            request.BeginMessage = beginMessage;
        }

        return CreateAsync(request, options: options, cancellationToken: cancellationToken);
    }
}
