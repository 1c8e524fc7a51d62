namespace Retell.Testing.Resources;

/// <summary>Test cases with simulated users.</summary>
internal sealed class TestCases(ResourceContext context) : Resource(context, "test-case-definition")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createTestCaseDefinition", Create),
        new("getTestCaseDefinition", Get),
        new("listTestCaseDefinitions", List),
        new("listTestCaseDefinitionsV1", List),
        new("updateTestCaseDefinition", Update),
        new("deleteTestCaseDefinition", Delete),
    ];
}
