using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class KnowledgeBases
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        using RetellClient retell = server.CreateClient();
        await File.WriteAllTextAsync("manual.pdf", "a manual");

        #region upload
        KnowledgeBase manuals = await retell.KnowledgeBases.CreateAsync(
            "Manuals",
            files: [RetellFile.FromPath("manual.pdf")],          // streamed; also FromStream, FromBytes, FromFactory
            urls: ["https://example.com/help"]);
        manuals = await retell.KnowledgeBases.WaitUntilReadyAsync(manuals.KnowledgeBaseId);
        Console.WriteLine(manuals.Status);
        #endregion

        File.Delete("manual.pdf");
    }
}
