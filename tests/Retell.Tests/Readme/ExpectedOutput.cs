namespace Retell.Tests.Readme;

/// <summary>What the samples print, by their names; the rest of their output has IDs and times.</summary>
internal static class ExpectedOutput
{
    public static IReadOnlyDictionary<string, string[]> Of { get; } = new OrderedDictionary<string, string[]>
    {
        ["first-call"] =
        [
            "is registered", "user_hangup after 00:00:00.", "+14157774444 called +12137774445", "token for the browser, valid until ",
            "POST /v2/create-phone-call 201", "GET /v2/get-call/call_", "POST /v3/create-web-call 201",
        ],
        ["webhooks"] =
        [
            "handled call_ended call_1\n", "handled call_analyzed call_1\n", "handled chat_ended chat_1\n",
            """200 {"call_inbound":{"dynamic_variables":{"caller":"+14155550100"}}}""", """200 {"call_inbound":{"reject":true}}""",
            """200 {"booked":true,"time":"2030-01-02T19:00:00Z"}""", "The field guests must be between 1 and 12.", "The time must be an ISO 8601 date and time", "204 Duplicate",
        ],
        ["webhook-parse"] =
        [
            "call_started: call_", "call_ended: call_", ": A table for two was booked.", "inbound call taken by agent_1", "without a signature: 401",
            "delivered twice: True, False",
        ],
        ["custom-function"] = ["POST /create-retell-llm 201", """{"confirmation":"Table for 4, booked in call call_1."}""", "without a signature: 401"],
        ["custom-llm-agent"] =
        [
            "agent:  Hello, this is the front desk.", "caller: Just book a table for two.\nagent:  One moment. Your table is booked. book_table({\"guests\":2}) → booking 1",
            "caller: (silent)\nagent:  Are you still there?", "caller: Bye.\nagent:  Goodbye. [end_call]", "0 violations of the protocol",
        ],
        ["web-call"] = ["True\n", "\"access_token\":\"", "POST /v3/create-web-call 201"],
        ["custom-llm"] =
        [
            "agent:  Hello, this is the front desk.\ncaller: Please tell me",
            " …\ncaller: Just book a table.\ntool:   book_table({\"guests\":2}) → booking 1 for 2\nagent:  You said: Just book a table.\n",
            "caller: (silent)\nagent:  Are you still there?\ncaller: Bye.\ntool:   end_call({}) → ",
            "agent:  You said: Bye. [end_call]\n0 violations of the protocol\n", " functions that read, such as agents_get\n",
        ],
        ["custom-llm-console"] = ["agent:  Hello, this is the front desk.\n"],
        ["monitor"] = ["agent: Hello, how can I help you?\nuser: A table for two, please.\nuser_hangup after 2 items"],
        ["list"] = ["user_hangup", "5 calls, the next page is none", "POST /v3/list-calls 200"],
        ["export"] = ["call_id,start,seconds,reason,dollars\n", "Z,60,user_hangup,0.7\n"],
        ["analysis"] = ["A table was booked. Successful: True, sentiment: Neutral", "4 guests, birthday"],
        ["agent"] = ["Front desk, version 0", """Reception, {"agent_name":"Reception","webhook_url":null}""", "PATCH /update-agent/agent_1 200"],
        ["conversation-flow"] = ["welcome: ConversationNode\nbye: EndNode\n", "POST /create-conversation-flow 201"],
        ["batch-calls"] = [": 2 calls", "POST /create-batch-call 201"],
        ["knowledge-base"] = ["complete\n", "POST /create-knowledge-base 201"],
        ["chat"] = ["agent: You said: Do you have a table for two?", "POST /create-chat-completion 201"],
        ["errors"] = ["getCall: ", "GET /v2/get-call/call_unknown 4", "200 in ", "call_1\n"],
        ["retries"] = ["registered reminder-4711", "getConcurrency: attempt 1 failed", "GET /get-concurrency 503\n  GET /get-concurrency 200", "createSmsChat: 1 attempt"],
        ["dependency-injection"] = ["0 calls, and 0 of the support account", "GET /get-concurrency 200\n  GET /get-concurrency 200"],
        ["telemetry"] = ["span GET /get-concurrency", "getConcurrency returned 200"],
        ["json"] = ["""{"kept":{"call_type":"web_call","call_id":"call_1","score":0.1234567890123456789}}"""],
        ["newer-api"] = ["9\n", """{"type":"end_call","name":"end","brand_new":true} tlh-KL 0""", "PATCH /update-agent/agent_1 200"],
        ["raw"] = ["call_1\n", "GET /v2/get-call/call_1 200"],
        ["proxy"] = ["http://proxy.example:8080/"],
        ["testing"] = ["ended, 2 requests"],
        ["reminders"] =
        [
            "reminded: 200", "The appointment is now on Wednesday, 02 January 2030 15:00.", "Ada: 2030-01-02 15:00:00Z, confirmed: True", "exported calls: 1",
        ],
    };
}
