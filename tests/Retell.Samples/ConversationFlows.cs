using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class ConversationFlows
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        using RetellClient retell = server.CreateClient();

        #region flow
        ConversationFlow flow = await retell.ConversationFlows.CreateAsync(new CreateConversationFlowRequest
        {
            ModelChoice = new ModelChoiceCascading { Model = "gpt-4.1" },
            StartSpeaker = StartSpeaker.Agent,
            StartNodeId = "welcome",
            Nodes =
            [
                new ConversationNode
                {
                    Id = "welcome",
                    Instruction = new NodeInstructionPrompt { Text = "Greet the caller and ask for the order number." },
                    Edges =
                    [
                        new NodeEdge
                        {
                            Id = "done",
                            DestinationNodeId = "bye",
                            TransitionCondition = new PromptCondition { Prompt = "The caller gave an order number." },
                        },
                    ],
                },
                new EndNode { Id = "bye" },
            ],
        });

        foreach (IConversationFlowNode node in flow.Nodes ?? [])
        {
            Console.WriteLine($"{node.Id}: {node.GetType().Name}");
        }
        #endregion
    }
}
