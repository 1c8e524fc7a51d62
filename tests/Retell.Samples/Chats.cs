using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Chats
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        server.Seed(new ChatAgent { AgentId = "agent_1" });
        using var retell = new RetellClient();

        #region chat
        Chat chat = await retell.Chats.CreateAsync("agent_1");
        var reply = await retell.Chats.CreateCompletionAsync(chat.ChatId, "Do you have a table for two?");
        foreach (IMessageOrToolCall message in reply.Messages)
        {
            Console.WriteLine(message is Message said ? $"{said.Role}: {said.Content}" : message.GetType().Name);
        }
        #endregion
    }
}
