using System.Text;

namespace Squelch.Tool.Tests;

/// <summary>One chat in all the notations that people have gives the same requests of the same tokens.</summary>
public sealed class ConversationNotationTests
{
    private const string Plain = """{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}]}""";

    private const string WithTools = """{"messages": [{"role": "user", "content": "Weather in Jena and Ulm?"}, {"role": "assistant", "content": "I look.", "tool_calls": [{"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Jena\", \"days\": 1.0}"}}, {"id": "2", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Ulm\", \"note\": \"\u00fc<b>\"}"}}]}, {"role": "tool", "tool_call_id": "1", "content": "rain"}, {"role": "tool", "tool_call_id": "2", "content": "sun"}, {"role": "assistant", "content": "Rain and sun."}]}""";

    private const string CallOnly = """{"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": null, "tool_calls": [{"type": "function", "function": {"name": "now", "arguments": "{}"}}]}, {"role": "tool", "content": "noon"}, {"role": "assistant", "content": "It is noon."}]}""";

    public static TheoryData<string, string> PlainNotations => new()
    {
        { "parts", """{"messages": [{"role": "system", "content": [{"type": "text", "text": "Be brief."}]}, {"role": "user", "content": [{"type": "text", "text": "What is "}, {"type": "text", "text": "a lease?", "cache_control": {"type": "ephemeral"}}]}, {"role": "assistant", "content": ["A promise not to evict."]}, {"role": "user", "content": {"type": "text", "text": "Why?\nTell me."}}, {"role": "assistant", "content": [{"type": "text", "text": "So that nobody frees what is in use."}]}]}""" },
        { "upper case and developer", """{"messages": [{"role": "Developer", "content": "Be brief."}, {"role": "USER", "content": "What is a lease?"}, {"role": "Assistant", "content": "A promise not to evict."}, {"role": "User", "content": "Why?\nTell me."}, {"role": "ASSISTANT", "content": "So that nobody frees what is in use."}]}""" },
        { "ShareGPT", """{"id": "x", "conversations": [{"from": "system", "value": "Be brief."}, {"from": "human", "value": "What is a lease?"}, {"from": "gpt", "value": "A promise not to evict."}, {"from": "human", "value": "Why?\nTell me."}, {"from": "chatgpt", "value": "So that nobody frees what is in use."}]}""" },
        { "ShareGPT with a system beside", """{"system": "Be brief.", "conversations": [{"from": "Human", "value": "What is a lease?"}, {"from": "bing", "value": "A promise not to evict."}, {"from": "user", "value": "Why?\nTell me."}, {"from": "bard", "value": "So that nobody frees what is in use."}]}""" },
        { "ai and bot", """{"conversations": [{"from": "system", "value": "Be brief."}, {"from": "human", "value": "What is a lease?"}, {"from": "ai", "value": "A promise not to evict."}, {"from": "prompter", "value": "Why?\nTell me."}, {"from": "bot", "value": "So that nobody frees what is in use."}]}""" },
        { "WildChat and LMSYS", """{"conversation_id": "x", "model": "m", "conversation": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?", "toxic": false}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}], "openai_moderation": [{"flagged": false}], "turn": 2}""" },
        { "Alpaca with history", """{"instruction": "Why?", "input": "Tell me.", "output": "So that nobody frees what is in use.", "system": "Be brief.", "history": [["What is a lease?", "A promise not to evict."]]}""" },
        { "query and response", """{"system": "Be brief.", "history": [["What is a lease?", "A promise not to evict."]], "query": "Why?\nTell me.", "response": "So that nobody frees what is in use."}""" },
        { "Anthropic", """{"model": "c", "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}], "messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": [{"type": "text", "text": "A promise not to evict."}]}, {"role": "user", "content": "Why?\nTell me."}], "response": {"type": "message", "role": "assistant", "content": [{"type": "text", "text": "So that nobody frees what is in use."}]}}""" },
        { "Anthropic batch", """{"custom_id": "x", "params": {"system": "Be brief.", "messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}]}, "result": {"type": "succeeded", "message": {"role": "assistant", "content": [{"type": "text", "text": "So that nobody frees what is in use."}]}}}""" },
        { "OpenAI batch", """{"custom_id": "x", "body": {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}]}, "response": {"status_code": 200, "body": {"choices": [{"index": 0, "message": {"role": "assistant", "content": "So that nobody frees what is in use."}}]}}}""" },
        { "request and response", """{"request": {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}]}, "response": {"choices": [{"message": {"role": "assistant", "content": "So that nobody frees what is in use."}}]}}""" },
        { "Gemini", """{"systemInstruction": {"parts": [{"text": "Be brief."}]}, "contents": [{"role": "user", "parts": [{"text": "What is a lease?"}]}, {"role": "model", "parts": [{"text": "A promise "}, {"text": "not to evict."}]}, {"parts": [{"text": "Why?\nTell me."}]}], "candidates": [{"content": {"role": "model", "parts": [{"text": "So that nobody frees what is in use."}]}}]}""" },
        { "OpenAI responses", """{"instructions": "Be brief.", "input": [{"role": "user", "content": [{"type": "input_text", "text": "What is a lease?"}]}, {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "A promise not to evict."}]}, {"role": "user", "content": "Why?\nTell me."}], "output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "So that nobody frees what is in use.", "annotations": []}]}]}""" },
        { "prompt and completion", """{"prompt": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}], "completion": [{"role": "assistant", "content": "So that nobody frees what is in use."}]}""" },
        { "preference", """{"conversations": [{"from": "system", "value": "Be brief."}, {"from": "human", "value": "What is a lease?"}, {"from": "gpt", "value": "A promise not to evict."}, {"from": "human", "value": "Why?\nTell me."}], "chosen": {"from": "gpt", "value": "So that nobody frees what is in use."}, "rejected": {"from": "gpt", "value": "Nobody knows."}}""" },
        { "preference that repeats the prompt", """{"system": "Be brief.", "history": [["What is a lease?", "A promise not to evict."]], "prompt": "Why?\nTell me.", "chosen": [{"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}], "rejected": [{"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "Nobody knows."}]}""" },
        { "trajectory", """{"instance_id": "x", "trajectory": [{"role": "system", "text": "Be brief."}, {"role": "user", "text": "What is a lease?"}, {"role": "ai", "text": "A promise not to evict."}, {"role": "user", "text": "Why?\nTell me."}, {"role": "ai", "text": "So that nobody frees what is in use."}]}""" },
        { "another name of the list", """{"dialogue": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}]}""" },
        { "pairs by role", """{"conversation": [{"system": "Be brief.", "input": "What is a lease?", "output": "A promise not to evict."}, {"human": "Why?\nTell me.", "assistant": "So that nobody frees what is in use."}]}""" },
        { "list of messages", """[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}]""" },
        { "list of lists of messages", """[[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}]]""" },
        { "list under a property", $$"""{"version": 1, "data": [{{Plain}}]}""" },
        { "list of chats under conversations", $$"""{"conversations": [{{Plain}}]}""" },
        { "a line per message", "{\"role\": \"system\", \"content\": \"Be brief.\"}\n{\"role\": \"user\", \"content\": \"What is a lease?\"}\n{\"role\": \"assistant\", \"content\": \"A promise not to evict.\"}\n{\"role\": \"user\", \"content\": \"Why?\\nTell me.\"}\n{\"role\": \"assistant\", \"content\": \"So that nobody frees what is in use.\"}\n" },
        { "both the answer beside and in the list", Plain[..^1] + ", \"response\": \"So that nobody frees what is in use.\", \"system\": \"Be brief.\", \"tools\": [{\"name\": \"x\"}]}" },
    };

    public static TheoryData<string, string> ToolNotations => new()
    {
        { "arguments as an object", """{"messages": [{"role": "user", "content": "Weather in Jena and Ulm?"}, {"role": "assistant", "content": "I look.", "tool_calls": [{"function": {"arguments": {"city": "Jena", "days": 1.0}, "name": "weather"}}, {"name": "weather", "arguments": {"city":"Ulm","note":"ü<b>"}}]}, {"role": "tool", "content": [{"type": "text", "text": "rain"}]}, {"role": "tool", "content": "sun"}, {"role": "assistant", "content": "Rain and sun.", "tool_calls": []}]}""" },
        { "Anthropic", """{"messages": [{"role": "user", "content": "Weather in Jena and Ulm?"}, {"role": "assistant", "content": [{"type": "text", "text": "I look."}, {"type": "tool_use", "id": "1", "name": "weather", "input": {"city": "Jena", "days": 1.0}}, {"type": "tool_use", "id": "2", "name": "weather", "input": {"city": "Ulm", "note": "ü<b>"}}]}, {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "rain"}, {"type": "tool_result", "tool_use_id": "2", "content": [{"type": "text", "text": "sun"}]}]}, {"role": "assistant", "content": "Rain and sun."}]}""" },
        { "ShareGPT with a list of calls", """{"conversations": [{"from": "human", "value": "Weather in Jena and Ulm?"}, {"from": "gpt", "value": "I look."}, {"from": "function_call", "value": "[{\"name\": \"weather\", \"arguments\": {\"city\": \"Jena\", \"days\": 1.0}}, {\"name\": \"weather\", \"arguments\": {\"city\": \"Ulm\", \"note\": \"ü<b>\"}}]"}, {"from": "observation", "value": "rain"}, {"from": "observation", "value": "sun"}, {"from": "gpt", "value": "Rain and sun."}]}""" },
        { "a message per call", """{"messages": [{"role": "user", "content": "Weather in Jena and Ulm?"}, {"role": "assistant", "content": "I look."}, {"role": "tool_call", "content": "{\"name\": \"weather\", \"arguments\": {\"city\": \"Jena\", \"days\": 1.0}}"}, {"role": "tool_call", "content": "{\"name\": \"weather\", \"arguments\": \"{\\\"city\\\": \\\"Ulm\\\", \\\"note\\\": \\\"ü<b>\\\"}\"}"}, {"role": "tool_response", "content": "rain"}, {"role": "tool_response", "content": "sun"}, {"role": "assistant", "content": "Rain and sun."}]}""" },
        { "function_call", """{"messages": [{"role": "user", "content": "Weather in Jena and Ulm?"}, {"role": "assistant", "content": "I look.", "function_call": {"name": "weather", "arguments": "{\"city\": \"Jena\", \"days\": 1.0}"}}, {"role": "assistant", "function_call": {"name": "weather", "arguments": "{\"city\": \"Ulm\", \"note\": \"ü<b>\"}"}}, {"role": "function", "name": "weather", "content": "rain"}, {"role": "function", "name": "weather", "content": "sun"}, {"role": "assistant", "content": "Rain and sun."}]}""" },
        { "OpenAI responses", """{"input": [{"role": "user", "content": "Weather in Jena and Ulm?"}, {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "I look."}]}, {"type": "function_call", "call_id": "1", "name": "weather", "arguments": "{\"city\":\"Jena\",\"days\":1.0}"}, {"type": "function_call", "call_id": "2", "name": "weather", "arguments": "{\"city\":\"Ulm\",\"note\":\"ü<b>\"}"}, {"type": "function_call_output", "call_id": "1", "output": "rain"}, {"type": "function_call_output", "call_id": "2", "output": [{"type": "input_text", "text": "sun"}]}], "output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Rain and sun."}]}]}""" },
        { "Gemini", """{"contents": [{"role": "user", "parts": [{"text": "Weather in Jena and Ulm?"}]}, {"role": "model", "parts": [{"text": "I look."}, {"functionCall": {"name": "weather", "args": {"city": "Jena", "days": 1.0}}}, {"functionCall": {"name": "weather", "args": {"city": "Ulm", "note": "ü<b>"}}}]}, {"role": "user", "parts": [{"functionResponse": {"name": "weather", "response": {"result": "rain"}}}, {"functionResponse": {"name": "weather", "response": {"output": "sun"}}}]}, {"role": "model", "parts": [{"text": "Rain and sun."}]}]}""" },
        { "Vercel", """{"messages": [{"role": "user", "content": [{"type": "text", "text": "Weather in Jena and Ulm?"}]}, {"role": "assistant", "content": [{"type": "text", "text": "I look."}, {"type": "tool-call", "toolCallId": "1", "toolName": "weather", "args": {"city": "Jena", "days": 1.0}}, {"type": "tool-call", "toolCallId": "2", "toolName": "weather", "args": {"city": "Ulm", "note": "ü<b>"}}]}, {"role": "tool", "content": [{"type": "tool-result", "toolCallId": "1", "result": "rain"}, {"type": "tool-result", "toolCallId": "2", "result": "sun"}]}, {"role": "assistant", "content": "Rain and sun."}]}""" },
        { "Claude Code, results between the parts of one answer", """
            {"type": "summary", "summary": "Weather", "leafUuid": "z"}
            {"type": "user", "sessionId": "s", "message": {"role": "user", "content": "Weather in Jena and Ulm?"}}
            {"type": "assistant", "sessionId": "s", "message": {"id": "m1", "role": "assistant", "content": [{"type": "text", "text": "I look."}]}}
            {"type": "assistant", "sessionId": "s", "message": {"id": "m1", "role": "assistant", "content": [{"type": "tool_use", "id": "1", "name": "weather", "input": {"city": "Jena", "days": 1.0}}]}}
            {"type": "user", "sessionId": "s", "message": {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": "rain"}]}, "toolUseResult": {"x": 1}}
            {"type": "assistant", "sessionId": "s", "message": {"id": "m1", "role": "assistant", "content": [{"type": "tool_use", "id": "2", "name": "weather", "input": {"city": "Ulm", "note": "ü<b>"}}]}}
            {"type": "user", "sessionId": "s", "message": {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "2", "content": "sun"}]}}
            {"type": "assistant", "sessionId": "s", "message": {"id": "m2", "role": "assistant", "content": [{"type": "text", "text": "Rain and sun."}]}}
            """ },
        { "Codex", """
            {"timestamp": "2026-01-01T00:00:00Z", "type": "session_meta", "payload": {"id": "s"}}
            {"timestamp": "2026-01-01T00:00:00Z", "type": "response_item", "payload": {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Weather in Jena and Ulm?"}]}}
            {"timestamp": "2026-01-01T00:00:00Z", "type": "event_msg", "payload": {"type": "user_message", "message": "Weather in Jena and Ulm?"}}
            {"timestamp": "2026-01-01T00:00:01Z", "type": "response_item", "payload": {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "I look."}]}}
            {"timestamp": "2026-01-01T00:00:01Z", "type": "response_item", "payload": {"type": "function_call", "name": "weather", "arguments": "{\"city\":\"Jena\",\"days\":1.0}"}}
            {"timestamp": "2026-01-01T00:00:01Z", "type": "response_item", "payload": {"type": "function_call", "name": "weather", "arguments": "{\"city\":\"Ulm\",\"note\":\"ü<b>\"}"}}
            {"timestamp": "2026-01-01T00:00:02Z", "type": "response_item", "payload": {"type": "function_call_output", "output": "rain"}}
            {"timestamp": "2026-01-01T00:00:02Z", "type": "response_item", "payload": {"type": "function_call_output", "output": "sun"}}
            {"timestamp": "2026-01-01T00:00:03Z", "type": "response_item", "payload": {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Rain and sun."}]}}
            """ },
    };

    public static TheoryData<string> CallsWithoutText => new()
    {
        """{"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "tool_calls": [{"function": {"name": "now", "arguments": {}}}]}, {"role": "tool", "content": "noon"}, {"role": "assistant", "content": "It is noon."}]}""",
        """{"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "now", "arguments": ""}}]}, {"role": "tool", "content": "noon"}, {"role": "assistant", "content": "It is noon."}]}""",
        """{"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": [], "tool_calls": [{"function": {"name": "now"}}]}, {"role": "tool", "content": "noon"}, {"role": "assistant", "content": "It is noon."}]}""",
        """{"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": null, "tool_calls": null, "function_call": {"name": "now", "arguments": "{ }"}}, {"role": "function", "content": "noon"}, {"role": "assistant", "content": "It is noon."}]}""",
        """{"conversations": [{"from": "human", "value": "Time?"}, {"from": "function_call", "value": "{\"name\": \"now\", \"arguments\": {}}"}, {"from": "observation", "value": "noon"}, {"from": "gpt", "value": "It is noon."}]}""",
        """{"messages": [{"role": "user", "content": "Time?"}, {"role": "assistant", "content": [{"type": "tool_use", "name": "now", "input": {}}]}, {"role": "user", "content": [{"type": "tool_result", "content": "noon"}]}, {"role": "assistant", "content": "It is noon."}]}""",
    };

    [Theory]
    [MemberData(nameof(PlainNotations))]
    public void AChatIsTheSameInEachNotation(string notation, string text) => AssertEqual(Plain, text, notation, requests: 2);

    [Theory]
    [MemberData(nameof(ToolNotations))]
    public void CallsAndResultsAreTheSameInEachNotation(string notation, string text) => AssertEqual(WithTools, text, notation, requests: 2);

    [Theory]
    [MemberData(nameof(CallsWithoutText))]
    public void ACallWithoutATextIsTheSameInEachNotation(string text) => AssertEqual(CallOnly, text, text, requests: 2);

    private static void AssertEqual(string plain, string text, string notation, int requests)
    {
        (int Input, string Tokens)[] expected = Requests(plain);
        Assert.Equal(requests, expected.Length);
        Assert.True(expected.SequenceEqual(Requests(text)), notation);
    }

    private static (int Input, string Tokens)[] Requests(string text)
    {
        using var input = new TraceInput(new MemoryStream(Encoding.UTF8.GetBytes(text)), "chats.json");
        Trace trace = TraceFormats.Of([.. TraceFormats.All, new ConversationFormat(null)], input).Load(input, new());
        return [.. trace.Requests.Select(request => (request.InputTokens, string.Join(' ', request.Pages.ToArray())))];
    }
}
