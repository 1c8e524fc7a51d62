using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Voices for agents.</summary>
public class VoicesResource
{
    private readonly VoicesClient? _raw;

    /// <summary>For test doubles.</summary>
    protected VoicesResource()
    {
    }

    internal VoicesResource(VoicesClient raw) => _raw = raw;

    private VoicesClient Raw => Resource.Required(_raw);

    /// <summary>Reads a voice. Calls <c>getVoice</c>.</summary>
    /// <param name="voiceId">The id of the voice.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentException"><paramref name="voiceId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Voice> GetAsync(string voiceId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetVoiceAsync(Resource.NotEmpty(voiceId), options, cancellationToken);

    /// <summary>Lists the voices. Calls <c>listVoices</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The voices; the API gives them in one answer.</returns>
    public virtual Pager<Voice> ListAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.Single(token => Raw.ListVoicesAsync(options, token), cancellationToken);

    /// <summary>Clones a voice. It is never repeated unless the API surely did not carry it out. Calls <c>cloneVoice</c>.</summary>
    /// <param name="name">The name of the new voice.</param>
    /// <param name="provider">Who clones it.</param>
    /// <param name="files">Recordings of the voice, at most 25; some providers take fewer.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or <paramref name="files"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Voice> CloneAsync(string name, VoiceProvider provider, IEnumerable<RetellFile> files, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CloneAsync(
            new CloneVoiceRequest
            {
                VoiceName = Resource.NotEmpty(name),
                VoiceProvider = provider,
                Files = Resource.ListOf(Resource.NotNull(files)),
            },
            options,
            cancellationToken);

    /// <summary>Clones a voice. It is never repeated unless the API surely did not carry it out. Calls <c>cloneVoice</c>.</summary>
    /// <param name="request">Name, provider and recordings.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Voice> CloneAsync(CloneVoiceRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CloneVoiceAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Adds a voice of a provider's community. Calls <c>addCommunityVoice</c>.</summary>
    /// <param name="name">The name that the voice gets.</param>
    /// <param name="providerVoiceId">The id of the voice at its provider.</param>
    /// <param name="provider">The provider; without it the API chooses.</param>
    /// <param name="publicUserId">The owner of the voice; ElevenLabs needs it.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="providerVoiceId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Voice> AddCommunityAsync(string name, string providerVoiceId, VoiceProvider? provider = null, string? publicUserId = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        AddCommunityAsync(
            new AddCommunityVoiceRequest
            {
                VoiceName = Resource.NotEmpty(name),
                ProviderVoiceId = Resource.NotEmpty(providerVoiceId),
                VoiceProvider = provider,
                PublicUserId = publicUserId,
            },
            options,
            cancellationToken);

    /// <summary>Adds a voice of a provider's community. Calls <c>addCommunityVoice</c>.</summary>
    /// <param name="request">The voice and the name that it gets.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The voice.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Voice> AddCommunityAsync(AddCommunityVoiceRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.AddCommunityVoiceAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Searches the voices of a provider's community. Calls <c>searchCommunityVoice</c>.</summary>
    /// <param name="query">Name, description or id to search for.</param>
    /// <param name="provider">The provider; without it the API chooses.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What was found; <see cref="AddCommunityAsync(string, string, VoiceProvider?, string?, RequestOptions?, CancellationToken)"/> adds one.</returns>
    /// <exception cref="ArgumentException"><paramref name="query"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<CommunityVoiceSearchResult> SearchCommunityAsync(string query, VoiceProvider? provider = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        SearchCommunityAsync(new SearchCommunityVoiceRequest { SearchQuery = Resource.NotEmpty(query), VoiceProvider = provider }, options, cancellationToken);

    /// <summary>Searches the voices of a provider's community. Calls <c>searchCommunityVoice</c>.</summary>
    /// <param name="request">What to search for, and at which provider.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>What was found; <see cref="AddCommunityAsync(AddCommunityVoiceRequest, RequestOptions?, CancellationToken)"/> adds one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<CommunityVoiceSearchResult> SearchCommunityAsync(SearchCommunityVoiceRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.SearchCommunityVoiceAsync(Resource.NotNull(request), options, cancellationToken);
}
