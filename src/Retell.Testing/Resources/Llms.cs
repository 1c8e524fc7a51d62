namespace Retell.Testing.Resources;

/// <summary>Retell LLMs: prompts, tools and states.</summary>
internal sealed class Llms(ResourceContext context) : Resource(context, "retell-llm")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createRetellLLM", Create),
        new("getRetellLLM", GetTagged),
        new("listRetellLLM", List),
        new("listRetellLlmV1", List),
        new("updateRetellLLM", UpdateIfMatch),
        new("deleteRetellLLM", Delete),
    ];
}
