using Retell.Models;

namespace Retell;

public partial class VoicesResource
{
    /// <summary>Clones a voice.</summary>
    /// <param name="name">The name of the new voice.</param>
    /// <param name="provider">The provider that clones the voice.</param>
    /// <param name="files">The recordings of the voice, at most 25. Some providers accept fewer.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is null or empty, <paramref name="provider"/> has no value, or <paramref name="files"/> is null, empty or has
    /// more than 25 items.
    /// </exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /clone-voice</c> (<c>cloneVoice</c>). The operation is retried only if the API certainly did not process the request.</remarks>
    public virtual Task<Voice> CloneAsync(
        string name,
        VoiceProvider provider,
        IEnumerable<RetellFile> files,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CloneAsync(
            Made(new CloneVoiceRequest
            {
                VoiceName = NotEmpty(name),
                VoiceProvider = NotDefault(provider),
                Files = ListOf(NotNull(files)),
            }, (nameof(CloneVoiceRequest.VoiceName), nameof(name)), (nameof(CloneVoiceRequest.VoiceProvider), nameof(provider))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Adds a community voice of a provider.</summary>
    /// <param name="name">The name of the new voice.</param>
    /// <param name="providerVoiceId">The ID of the voice at its provider.</param>
    /// <param name="provider">The provider, or null for the default of the API.</param>
    /// <param name="publicUserId">The ID of the owner of the voice, which ElevenLabs requires, or null.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="providerVoiceId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /add-community-voice</c> (<c>addCommunityVoice</c>).</remarks>
    public virtual Task<Voice> AddCommunityAsync(
        string name,
        string providerVoiceId,
        VoiceProvider? provider = null,
        string? publicUserId = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
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

    /// <summary>Searches the community voices of a provider.</summary>
    /// <param name="query">The name, description or ID to search for.</param>
    /// <param name="provider">The provider, or null for the default of the API.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The voices that were found. <see cref="AddCommunityAsync(string, string, VoiceProvider?, string?, RequestOptions?, CancellationToken)"/> adds one.</returns>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /search-community-voice</c> (<c>searchCommunityVoice</c>).</remarks>
    public virtual Task<CommunityVoiceSearchResult> SearchCommunityAsync(
        string query,
        VoiceProvider? provider = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        SearchCommunityAsync(
            Made(
                new SearchCommunityVoiceRequest { SearchQuery = NotEmpty(query), VoiceProvider = provider },
                (nameof(SearchCommunityVoiceRequest.SearchQuery), nameof(query)),
                (nameof(SearchCommunityVoiceRequest.VoiceProvider), nameof(provider))),
            options: options,
            cancellationToken: cancellationToken);
}
