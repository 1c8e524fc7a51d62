using Newtonsoft.Json.Linq;

namespace Retell.Testing.Resources;

/// <summary>Voices for agents.</summary>
internal sealed class Voices(ResourceContext context) : Resource(context, "voice")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("cloneVoice", Add),
        new("addCommunityVoice", Add),
        new("searchCommunityVoice", Example),
        new("getVoice", Get),
        new("listVoices", List),
    ];

    /// <summary>A voice calls its provider by another name than the request.</summary>
    private FakeResponse Add(FakeRequest request) =>
        Create(request, Kind, Body(request)["voice_provider"] is JToken provider ? [new JProperty("provider", provider)] : []);
}
