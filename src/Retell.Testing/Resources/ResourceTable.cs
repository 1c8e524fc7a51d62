using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>
/// Finds who carries out an operation: its entry in the class of its resource, else <see cref="NewOperations"/> by what the document says.
/// </summary>
internal sealed class ResourceTable(ResourceContext context)
{
    private readonly NewOperations _new = new(context);
    private readonly Dictionary<string, OperationEntry> _entries = All(context).SelectMany(resource => resource.Entries).ToDictionary(entry => entry.Id);

    public IReadOnlyCollection<string> Operations => _entries.Keys;

    private Store Store => context.Store;

    public FakeResponse Respond(FakeRequest request)
    {
        lock (Store.Lock)
        {
            return _entries.TryGetValue(request.Operation!.Id, out OperationEntry? entry) ? entry.Handle(request) : _new.Handle(request);
        }
    }

    private static Resource[] All(ResourceContext context) =>
    [
        new Agents(context),
        new ApiKeys(context),
        new Apps(context),
        new Assets(context),
        new BatchCalls(context),
        new BatchTests(context),
        new Calls(context),
        new Chats(context),
        new Concurrency(context),
        new Contacts(context),
        new ConversationFlowComponents(context),
        new ConversationFlows(context),
        new Crm(context),
        new ExportRequests(context),
        new KnowledgeBases(context),
        new Llms(context),
        new PhoneNumbers(context),
        new Playground(context),
        new TestCases(context),
        new TestRuns(context),
        new Voices(context),
    ];
}
