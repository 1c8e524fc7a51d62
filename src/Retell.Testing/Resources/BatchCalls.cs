using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>Many phone calls at once: each of them is placed when the batch is due.</summary>
internal sealed class BatchCalls(ResourceContext context) : Resource(context, "call")
{
    private static readonly TimeSpan s_farAway = TimeSpan.FromDays(36_500);

    public override IEnumerable<OperationEntry> Entries => [new("createBatchCall", CreateBatch)];

    private FakeResponse CreateBatch(FakeRequest request)
    {
        JObject body = Body(request);
        JObject[] tasks = [.. (body["tasks"] as JArray ?? []).OfType<JObject>()
            .Select(task => ObjectMembers.With(task, new("from_number", body["from_number"]), new("direction", "outbound")))];
        if (tasks.Select(task => MissingAgent(Kind, task)).FirstOrDefault(error => error is not null) is FakeResponse refusal)
        {
            return refusal;
        }

        var answer = (JObject)ExampleOf(request, new JProperty("total_task_count", tasks.Length));
        long due = (long?)body["trigger_timestamp"] ?? Store.Now;
        answer["scheduled_timestamp"] = due;
        if (due > Store.Now)
        {
            // A time after the end of all clocks never comes.
            Context.Schedule.After(due - Store.Now < s_farAway.TotalMilliseconds ? TimeSpan.FromMilliseconds(due - Store.Now) : null, Place);
        }
        else
        {
            Place();
        }

        return Success(request, answer);

        void Place()
        {
            foreach (JObject task in tasks)
            {
                AddSession(Kind, "PhoneCall", task).Facts["batch_call_id"] = answer["batch_call_id"];
            }
        }
    }
}
