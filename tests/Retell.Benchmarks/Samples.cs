using System.Globalization;
using System.Text;
using Retell.Models;

namespace Retell.Benchmarks;

/// <summary>JSON as the API sends it, the same in every run.</summary>
internal static class Samples
{
    private const int WordsOfAnUtterance = 15;

    /// <summary>A call of about 30 KB whose transcript has the time of every word.</summary>
    public static byte[] Call { get; } = Encoding.UTF8.GetBytes(CallText(0, Vocabulary(1000)));

    /// <summary>1000 calls, about 33 MB.</summary>
    /// <param name="words">How many words the people and agents know.</param>
    public static byte[] Calls(int words)
    {
        string[] vocabulary = Vocabulary(words);
        var text = new StringBuilder("[");
        for (int i = 0; i < 1000; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(CallText(i, vocabulary));
        }

        return Encoding.UTF8.GetBytes(text.Append(']').ToString());
    }

    public static Agent Agent() => RetellJson.Deserialize<Agent>("""
        {"agent_id":"agent_1","version":3,"is_published":false,"channel":"voice","agent_name":"Reception","response_engine":{"type":"retell-llm","llm_id":"llm_1","version":3},
        "voice_id":"retell-Cimo","voice_model":"eleven_turbo_v2","fallback_voice_ids":["openai-Alloy","deepgram-Angus"],"voice_temperature":1,"voice_speed":1,"volume":1,
        "responsiveness":1,"interruption_sensitivity":1,"enable_backchannel":true,"backchannel_frequency":0.9,"backchannel_words":["yeah","uh-huh"],"reminder_trigger_ms":10000,
        "reminder_max_count":2,"ambient_sound":"coffee-shop","ambient_sound_volume":1,"language":"en-US","webhook_url":"https://example.com/hook","boosted_keywords":["retell","kroger"],
        "pronunciation_dictionary":[{"word":"actually","alphabet":"ipa","phoneme":"ˈæktʃuəli"}],"normalize_for_speech":true,"end_call_after_silence_ms":600000,"max_call_duration_ms":3600000,
        "voicemail_option":{"action":{"type":"static_text","text":"Please give us a callback tomorrow at 10am."}},"allow_user_dtmf":true,"denoising_mode":"noise-cancellation",
        "post_call_analysis_data":[{"type":"string","name":"customer_name","description":"The name of the customer.","examples":["John Doe","Jane Smith"]}],
        "begin_message_delay_ms":1000,"ring_duration_ms":30000,"last_modification_timestamp":1703413636133}
        """)!;

    /// <summary>A conversation flow of 200 nodes with three edges each.</summary>
    public static ConversationFlow Flow()
    {
        IEnumerable<string> nodes = Enumerable.Range(0, 200).Select(i => $$$"""
            {"id":"node_{{{i}}}","type":"conversation","name":"Step {{{i}}}","instruction":{"type":"prompt","text":"Greet the customer and ask how you can help with request {{{i}}}."},
            "edges":[{{{string.Join(",", Enumerable.Range(1, 3).Select(e => $$$"""{"id":"edge_{{{i}}}_{{{e}}}","transition_condition":{"type":"prompt","prompt":"The customer wants option {{{e}}}"},"destination_node_id":"node_{{{(i + e) % 200}}}"}"""))}}}],
            "display_position":{"x":{{{i * 10}}}.5,"y":{{{i * 7}}}},"interruption_sensitivity":0.8}
            """);
        return RetellJson.Deserialize<ConversationFlow>($$"""
            {"conversation_flow_id":"flow_1","version":1,"start_speaker":"agent","model_choice":{"type":"cascading","model":"gpt-4.1"},"global_prompt":"You are helpful.","start_node_id":"node_0","nodes":[{{string.Join(",", nodes)}}]}
            """)!;
    }

    private static string CallText(int number, string[] vocabulary)
    {
        var random = new Random(number);
        string[] utterances = [.. Enumerable.Range(0, 20).Select(i => Utterance(random, i, vocabulary))];
        string toolCall = $$"""{"role":"tool_call_invocation","tool_call_id":"tool_{{number}}","name":"book_appointment","arguments":"{\"day\":\"monday\"}"}""";
        string toolResult = $$"""{"role":"tool_call_result","tool_call_id":"tool_{{number}}","content":"booked"}""";
        string transcript = string.Join("\\n", Enumerable.Range(0, 20).Select(i => $"{(i % 2 == 0 ? "Agent" : "User")}: {Sentence(random, vocabulary)}"));
        return $$$"""
            {"call_type":"phone_call","from_number":"+12137771234","to_number":"+12137771235","direction":"outbound","telephony_identifier":{"twilio_call_sid":"CA{{{number}}}"},
            "call_id":"call_{{{number:x8}}}","agent_id":"agent_1","agent_name":"Reception","agent_version":1,"call_status":"ended","metadata":{"customer":{{{number}}},"tags":["a","b"]},
            "retell_llm_dynamic_variables":{"customer_name":"John Doe"},"collected_dynamic_variables":{"last_node":"Goodbye"},"data_storage_setting":"everything",
            "start_timestamp":{{{1735689600000 + number}}},"end_timestamp":{{{1735689900000 + number}}},"duration_ms":300000,"transcript":"{{{transcript}}}",
            "transcript_object":[{{{string.Join(",", utterances)}}}],"transcript_with_tool_calls":[{{{string.Join(",", [.. utterances, toolCall, toolResult])}}}],
            "recording_url":"https://example.com/{{{number}}}/recording.wav","public_log_url":"https://example.com/{{{number}}}/public.log",
            "latency":{"e2e":{{{Latency(random)}}},"llm":{{{Latency(random)}}},"tts":{{{Latency(random)}}}},"disconnection_reason":"user_hangup",
            "call_analysis":{"call_summary":"{{{Sentence(random, vocabulary)}}}","in_voicemail":false,"user_sentiment":"Positive","call_successful":true,"custom_analysis_data":{"score":5}},
            "call_cost":{"product_costs":[{"product":"elevenlabs_tts","unit_price":0.00117,"cost":60}],"total_duration_seconds":300,"total_duration_unit_price":0.0025,"combined_cost":70.5},
            "llm_token_usage":{"values":[{{{string.Join(",", Enumerable.Range(0, 10).Select(_ => random.Next(500, 4000)))}}}],"average":1500.5,"num_requests":10}}
            """;
    }

    private static string Utterance(Random random, int number, string[] vocabulary)
    {
        double time = number * 7;
        IEnumerable<string> words = Enumerable.Range(0, WordsOfAnUtterance).Select(_ =>
        {
            double start = time += random.NextDouble();
            return string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"word":"{{vocabulary[random.Next(vocabulary.Length)]}} ","start":{{start:0.000}},"end":{{start + 0.2:0.000}}}""");
        });
        return $$"""{"role":"{{(number % 2 == 0 ? "agent" : "user")}}","content":"{{Sentence(random, vocabulary)}}","words":[{{string.Join(",", words)}}]}""";
    }

    private static string Latency(Random random) =>
        $$"""{"p50":{{random.Next(500, 900)}},"p90":{{random.Next(900, 1200)}},"max":2700.5,"min":500,"num":10,"values":[{{string.Join(",", Enumerable.Range(0, 10).Select(_ => random.Next(500, 2700)))}}]}""";

    private static string Sentence(Random random, string[] vocabulary) =>
        string.Join(' ', Enumerable.Range(0, WordsOfAnUtterance).Select(_ => vocabulary[random.Next(vocabulary.Length)]));

    private static string[] Vocabulary(int words)
    {
        var random = new Random(words);
        var vocabulary = new HashSet<string>();
        while (vocabulary.Count < words)
        {
            vocabulary.Add(string.Create(random.Next(2, 9), random, static (word, random) =>
            {
                for (int i = 0; i < word.Length; i++)
                {
                    word[i] = (char)('a' + random.Next(26));
                }
            }));
        }

        return [.. vocabulary];
    }
}
