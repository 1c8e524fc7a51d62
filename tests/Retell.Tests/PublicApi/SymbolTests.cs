using System.Reflection;
using System.Reflection.Metadata;

namespace Retell.Tests.PublicApi;

/// <summary>Who steps into generated code sees it, although no repository has it: the symbols hold the sources, one for each type.</summary>
public class SymbolTests
{
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static IEnumerable<TestCaseData> Sources =>
    [
        new(typeof(Models.Agent).Assembly, "Models/Agent.g.cs"),
        new(typeof(Generated.CallsClient).Assembly, "Clients/CallsClient.g.cs"),
        new(typeof(CallsResource).Assembly, "Resources/CallsResource.g.cs"),
    ];

    [TestCaseSource(nameof(Sources))]
    public void Symbols_embed_generated_sources(Assembly assembly, string example)
    {
        using MetadataReaderProvider symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        MetadataReader reader = symbols.GetMetadataReader();
        var documents = reader.Documents
            .Select(handle => (Name: reader.GetString(reader.GetDocument(handle).Name).Replace('\\', '/'), Handle: handle))
            .Where(document => document.Name.EndsWith(".g.cs", StringComparison.Ordinal) && document.Name.Contains("/generated/", StringComparison.Ordinal))
            .ToList();

        Assert.That(documents.Select(document => document.Name), Has.Some.EndsWith("/" + example));
        Assert.That(documents.Where(document => !IsEmbedded(reader, document.Handle)).Select(document => document.Name), Is.Empty);
    }

    private static bool IsEmbedded(MetadataReader reader, DocumentHandle document) => reader.GetCustomDebugInformation(document)
        .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == s_embeddedSource);
}
