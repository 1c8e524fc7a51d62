using System.Text;
using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.Json;

/// <summary>Codecs, contracts and buffers are shared by all threads: what one reads and writes is its own.</summary>
internal sealed class SharedStateTests
{
    /// <summary>RETELL_SHARED_SECONDS makes it longer.</summary>
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("RETELL_SHARED_SECONDS"), out int seconds) ? seconds : 3);

    [Test]
    [NonParallelizable]
    public void RetellJson_on_64_threads_gives_same_results()
    {
        var generator = new InstanceGenerator(SpecDocument.Current, InstanceOptions.Exact);
        (string Json, Type Type)[] documents = [.. SpecDocument.Current.Schemas.Select(schema => (generator.CreateJson(schema.Value, 5), SdkTypes.Of(schema.Key)))
            .Where(document => !typeof(System.Collections.IDictionary).IsAssignableFrom(document.Item2))];
        string[] expected = [.. documents.Select(document => Wire.RoundTrip(document.Json, document.Type))];
        string long1 = Transcript("one "), long2 = Transcript("two ");
        using var end = new CancellationTokenSource(s_duration);
        var failures = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Thread[] threads = [.. Enumerable.Range(0, 64).Select(number => new Thread(() =>
        {
            try
            {
                for (int i = number; !end.IsCancellationRequested; i++)
                {
                    (string json, Type type) = documents[i % documents.Length];
                    string written = i % 3 == 0 ? Wire.RoundTripStream(json, type) : Wire.RoundTrip(json, type);
                    if (written != expected[i % documents.Length])
                    {
                        failures.Enqueue($"{type.Name}: {written}");
                    }

                    string transcript = number % 2 == 0 ? long1 : long2;
                    if (Wire.RoundTrip(transcript, typeof(ICall)) != transcript)
                    {
                        failures.Enqueue("a transcript came out as another one");
                    }
                }
            }
            catch (Exception e)
            {
                failures.Enqueue(e.ToString());
            }
        }))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.That(failures, Is.Empty);
    }

    private static string Transcript(string word)
    {
        var json = new StringBuilder("""{"call_type":"web_call","transcript_object":[""");
        for (int i = 0; i < 200; i++)
        {
            json.Append(i == 0 ? "" : ",")
                .Append("{\"role\":\"agent\",\"content\":\"")
                .Append(word)
                .Append(i)
                .Append("\",\"words\":[{\"word\":\"")
                .Append(word)
                .Append("\",\"start\":")
                .Append(i)
                .Append(".5}]}");
        }

        return json.Append("]}").ToString();
    }
}
