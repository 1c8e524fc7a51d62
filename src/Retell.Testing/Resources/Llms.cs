namespace Retell.Testing.Resources;

/// <summary>Retell LLMs: prompts, tools and states.</summary>
internal sealed class Llms(ResourceContext context) : Resource(context, "retell-llm")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createRetellLLM", Create),
        new("getRetellLLM", GetEngine),
        new("listRetellLLM", List),
        new("listRetellLlmV1", List),
        new("updateRetellLLM", UpdateEngine),
        new("deleteRetellLLM", Delete),
    ];
}
