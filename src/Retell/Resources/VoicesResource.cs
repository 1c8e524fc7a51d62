using Retell.Models;

namespace Retell;

public partial class VoicesResource
{
    /// <summary>Clones a voice. It is never repeated unless the API surely did not carry it out. Calls <c>cloneVoice</c>.</summary>
    /// <param name="name">The name of the new voice.</param>
    /// <param name="provider">Who clones it.</param>
    /// <param name="files">Recordings of the voice, at most 25; some providers take fewer.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or <paramref name="files"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<Voice> CloneAsync(string name, VoiceProvider provider, IEnumerable<RetellFile> files, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CloneAsync(
            Made(new CloneVoiceRequest
            {
                VoiceName = NotEmpty(name),
                VoiceProvider = NotDefault(provider),
                Files = ListOf(NotNull(files)),
            }, (nameof(CloneVoiceRequest.VoiceName), nameof(name)), (nameof(CloneVoiceRequest.VoiceProvider), nameof(provider))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Adds a voice of a provider's community. Calls <c>addCommunityVoice</c>.</summary>
    /// <param name="name">The name that the voice gets.</param>
    /// <param name="providerVoiceId">The id of the voice at its provider.</param>
    /// <param name="provider">The provider; without it the API chooses.</param>
    /// <param name="publicUserId">The owner of the voice; ElevenLabs needs it.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="providerVoiceId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<Voice> AddCommunityAsync(string name, string providerVoiceId, VoiceProvider? provider = null, string? publicUserId = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        AddCommunityAsync(
            Made(new AddCommunityVoiceRequest
            {
                VoiceName = NotEmpty(name),
                ProviderVoiceId = NotEmpty(providerVoiceId),
                VoiceProvider = provider,
                PublicUserId = publicUserId,
            }, (nameof(AddCommunityVoiceRequest.VoiceName), nameof(name)), (nameof(AddCommunityVoiceRequest.VoiceProvider), nameof(provider))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Searches the voices of a provider's community. Calls <c>searchCommunityVoice</c>.</summary>
    /// <param name="query">Name, description or id to search for.</param>
    /// <param name="provider">The provider; without it the API chooses.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>What was found; <see cref="AddCommunityAsync(string, string, VoiceProvider?, string?, RequestOptions?, CancellationToken)"/> adds one.</returns>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<CommunityVoiceSearchResult> SearchCommunityAsync(string query, VoiceProvider? provider = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SearchCommunityAsync(Made(new SearchCommunityVoiceRequest { SearchQuery = NotEmpty(query), VoiceProvider = provider }, (nameof(SearchCommunityVoiceRequest.SearchQuery), nameof(query)), (nameof(SearchCommunityVoiceRequest.VoiceProvider), nameof(provider))), options: options, cancellationToken: cancellationToken);
}
