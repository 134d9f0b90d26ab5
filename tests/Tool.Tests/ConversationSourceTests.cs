using System.Text;

namespace Squelch.Tool.Tests;

/// <summary>What public sets, APIs' logs and programs' exports hold gives the same requests as the same chat in OpenAI's notation.</summary>
public sealed class ConversationSourceTests
{
    private const string Plain = """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}]}""";

    private const string WithSystem = """{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}]}""";

    private const string TwoTurns = """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}]}""";

    private const string Preferences = """{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}]}""";

    private const string WithTool = """{"messages": [{"role": "user", "content": "Weather in Jena?"}, {"role": "assistant", "content": "I look.", "tool_calls": [{"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Jena\"}"}}]}, {"role": "tool", "content": "rain", "tool_call_id": "1"}, {"role": "assistant", "content": "Rain."}]}""";

    private const string CallAlone = """{"messages": [{"role": "user", "content": "Weather in Jena?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Jena\"}"}}]}]}""";

    private const string WithThought = """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "Hm.\nA promise not to evict."}]}""";

    public static TheoryData<string, string> PlainSources => new()
    {
        { "OpenAI threads", """{"object": "list", "data": [{"id": "1", "object": "thread.message", "role": "user", "content": [{"type": "text", "text": {"value": "What is a lease?", "annotations": []}}]}, {"id": "2", "role": "assistant", "content": [{"type": "text", "text": {"value": "A promise not to evict.", "annotations": []}}]}]}""" },
        { "OpenAI completions", """{"prompt": "What is a lease?", "choices": [{"text": "A promise not to evict.", "index": 0}]}""" },
        { "a log of HTTP", """{"request": {"url": "https://x/v1", "method": "POST", "body": {"model": "m", "messages": [{"role": "user", "content": "What is a lease?"}]}}, "response": {"status": 200, "body": {"id": "chatcmpl-1", "object": "chat.completion", "choices": [{"index": 0, "message": {"role": "assistant", "content": "A promise not to evict.", "refusal": null}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 3}}}}""" },
        { "a response as a text", """{"messages": [{"role": "user", "content": "What is a lease?"}], "response": "{\"id\": \"chatcmpl-1\", \"object\": \"chat.completion\", \"choices\": [{\"index\": 0, \"message\": {\"role\": \"assistant\", \"content\": \"A promise not to evict.\", \"refusal\": null}, \"finish_reason\": \"stop\"}], \"usage\": {\"prompt_tokens\": 3}}"}""" },
        { "Anthropic, a document of parts", """{"messages": [{"role": "user", "content": [{"type": "document", "source": {"type": "content", "content": [{"type": "text", "text": "What is a lease?"}]}}]}, {"role": "assistant", "content": "A promise not to evict."}]}""" },
        { "Anthropic, a search result", """{"messages": [{"role": "user", "content": [{"type": "search_result", "source": "u", "title": "t", "content": [{"type": "text", "text": "What is a lease?"}]}]}, {"role": "assistant", "content": "A promise not to evict."}]}""" },
        { "Bedrock batch", """{"recordId": "r", "modelInput": {"anthropic_version": "b", "messages": [{"role": "user", "content": "What is a lease?"}]}, "modelOutput": {"role": "assistant", "content": [{"type": "text", "text": "A promise not to evict."}]}}""" },
        { "Bedrock log", """{"schemaType": "ModelInvocationLog", "operation": "Converse", "input": {"inputContentType": "application/json", "inputBodyJson": {"messages": [{"role": "user", "content": [{"text": "What is a lease?"}]}]}, "inputTokenCount": 3}, "output": {"outputBodyJson": {"output": {"message": {"role": "assistant", "content": [{"text": "A promise not to evict."}]}}}}}""" },
        { "Bedrock response", """{"request": {"messages": [{"role": "user", "content": [{"text": "What is a lease?"}]}]}, "response": {"output": {"message": {"role": "assistant", "content": [{"text": "A promise not to evict."}]}}, "stopReason": "end_turn"}}""" },
        { "input and output", """{"input": "What is a lease?", "output": "A promise not to evict."}""" },
        { "Dolly", """{"instruction": "What is a lease?", "context": "", "response": "A promise not to evict.", "category": "qa"}""" },
        { "FLAN", """{"inputs": "What is a lease?", "targets": "A promise not to evict."}""" },
        { "preferred answer", """{"question": "What is a lease?", "chosen": "A promise not to evict.", "rejected": "x"}""" },
        { "Continue", """{"sessionId": "s", "title": "t", "workspaceDirectory": "/x", "history": [{"message": {"role": "user", "content": "What is a lease?", "id": "1"}, "contextItems": []}, {"message": {"role": "assistant", "content": "A promise not to evict.", "id": "2"}, "contextItems": [], "promptLogs": []}]}""" },
        { "Claude export", """[{"uuid": "u", "name": "n", "chat_messages": [{"uuid": "1", "text": "What is a lease?", "content": [{"type": "text", "text": "What is a lease?"}], "sender": "human", "attachments": [], "files": []}, {"uuid": "2", "text": "A promise not to evict.", "content": [{"type": "text", "text": "A promise not to evict."}], "sender": "assistant", "attachments": [], "files": []}]}]""" },
        { "Open WebUI export", """[{"id": "1", "title": "t", "chat": {"title": "t", "models": ["m"], "history": {"messages": {"a": {"id": "a", "role": "user", "content": "What is a lease?"}}, "currentId": "b"}, "messages": [{"id": "a", "parentId": null, "childrenIds": ["b"], "role": "user", "content": "What is a lease?"}, {"id": "b", "parentId": "a", "childrenIds": [], "role": "assistant", "content": "A promise not to evict."}]}}]""" },
        { "LangChain, messages_to_dict", """[[{"type": "human", "data": {"content": "What is a lease?", "additional_kwargs": {}, "type": "human", "example": false}}, {"type": "ai", "data": {"content": "A promise not to evict.", "additional_kwargs": {}, "type": "ai", "tool_calls": []}}]]""" },
        { "LlamaIndex", """{"messages": [{"role": "user", "additional_kwargs": {}, "blocks": [{"block_type": "text", "text": "What is a lease?"}]}, {"role": "assistant", "additional_kwargs": {}, "blocks": [{"block_type": "text", "text": "A promise not to evict."}]}]}""" },
        { "rows of the datasets server", """{"rows": [{"row_idx": 0, "row": {"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}]}}]}""" },
        { "an answer in an object", """{"messages": [{"role": "user", "content": "What is a lease?"}], "completion": {"text": "A promise not to evict."}}""" },
        { "Gemini, signatures", """{"contents": [{"role": "user", "parts": [{"text": "What is a lease?"}]}, {"role": "model", "parts": [{"text": "A promise not to evict.", "thoughtSignature": "iVBORw0KGgo="}, {"thoughtSignature": "iVBORw0KGgo="}]}]}""" },
        { "a response of parts", """{"messages": [{"role": "user", "content": "What is a lease?"}], "response": {"content": [{"type": "text", "text": "A promise not to evict."}]}}""" },
        { "LangChain, types as roles", """[[{"type": "human", "content": "What is a lease?"}, {"type": "ai", "content": "A promise not to evict."}]]""" },
        { "UltraFeedback", """{"prompt": "What is a lease?", "prompt_id": "x", "chosen": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}], "rejected": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}], "messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}], "score_chosen": 1}""" },
    };

    public static TheoryData<string, string> WithSystemSources => new()
    {
        { "Langfuse", """{"id": "x", "type": "GENERATION", "input": {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}]}, "output": {"role": "assistant", "content": "A promise not to evict."}, "model": "m"}""" },
        { "Bedrock", """{"modelId": "m", "system": [{"text": "Be brief."}], "messages": [{"role": "user", "content": [{"text": "What is a lease?"}, {"cachePoint": {"type": "default"}}]}, {"role": "assistant", "content": [{"text": "A promise not to evict."}]}]}""" },
        { "OpenOrca", """{"id": "n", "system_prompt": "Be brief.", "question": "What is a lease?", "response": "A promise not to evict."}""" },
        { "Orca pairs", """{"system": "Be brief.", "question": "What is a lease?", "chosen": "A promise not to evict.", "rejected": "x"}""" },
        { "system_message", """{"system_message": "Be brief.", "conversations": [{"from": "human", "value": "What is a lease?"}, {"from": "gpt", "value": "A promise not to evict."}]}""" },
        { "SWE-agent, nebius", """{"instance_id": "x", "model_name": "m", "target": true, "trajectory": [{"role": "system", "text": null, "system_prompt": "Be brief.", "mask": false, "cutoff_date": "x"}, {"role": "user", "text": "What is a lease?", "system_prompt": null, "mask": false, "cutoff_date": null}, {"role": "ai", "text": "A promise not to evict.", "system_prompt": null, "mask": false, "cutoff_date": null}], "exit_status": "s", "generated_patch": "p"}""" },
        { "LangChain", """{"messages": [{"content": "Be brief.", "type": "system", "additional_kwargs": {}}, {"content": "What is a lease?", "type": "human", "additional_kwargs": {}}, {"content": "A promise not to evict.", "type": "ai", "tool_calls": [], "invalid_tool_calls": []}]}""" },
        { "LangSmith", """{"inputs": {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}]}, "outputs": {"message": {"role": "assistant", "content": "A promise not to evict."}}}""" },
        { "LangSmith run", """{"id": "r", "run_type": "llm", "inputs": {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}]}, "outputs": {"id": "chatcmpl-1", "object": "chat.completion", "choices": [{"index": 0, "message": {"role": "assistant", "content": "A promise not to evict.", "refusal": null}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 3}}}""" },
        { "Helicone", """{"request_id": "x", "request_body": {"model": "m", "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}]}, "response_body": {"id": "chatcmpl-1", "object": "chat.completion", "choices": [{"index": 0, "message": {"role": "assistant", "content": "A promise not to evict.", "refusal": null}, "finish_reason": "stop"}], "usage": {"prompt_tokens": 3}}}""" },
        { "Nemotron", """{"input": [{"role": "user", "content": "What is a lease?"}], "output": "A promise not to evict.", "category": "math", "license": "x", "reasoning": "off", "generator": "g", "system_prompt": "Be brief.", "version": "v1"}""" },
    };

    public static TheoryData<string, string> TwoTurnsSources => new()
    {
        { "ShareGPT, items", """[{"id": "a_0", "items": [{"from": "human", "value": "What is a lease?", "markdown": null, "text": null}, {"from": "gpt", "value": "A promise not to evict.", "markdown": null, "text": null}, {"from": "human", "value": "Why?\nTell me.", "markdown": null, "text": null}, {"from": "gpt", "value": "So that nobody frees what is in use.", "markdown": null, "text": null}]}]""" },
        { "ChatGPT export", """[{"title": "t", "create_time": 1.0, "update_time": 2.0, "mapping": {"r": {"id": "r", "parent": null, "children": ["a"], "message": null}, "a": {"id": "a", "parent": "r", "children": ["b"], "message": {"id": "x", "author": {"role": "system", "name": null, "metadata": {}}, "create_time": 1.5, "content": {"content_type": "text", "parts": [""]}, "status": "finished_successfully", "weight": 1.0, "metadata": {}, "recipient": "all"}}, "b": {"id": "b", "parent": "a", "children": ["c", "c2"], "message": {"id": "x", "author": {"role": "user", "name": null, "metadata": {}}, "create_time": 1.5, "content": {"content_type": "text", "parts": ["What is a lease?"]}, "status": "finished_successfully", "weight": 1.0, "metadata": {}, "recipient": "all"}}, "c2": {"id": "c2", "parent": "b", "children": [], "message": {"id": "x", "author": {"role": "assistant", "name": null, "metadata": {}}, "create_time": 1.5, "content": {"content_type": "text", "parts": ["Other answer."]}, "status": "finished_successfully", "weight": 1.0, "metadata": {}, "recipient": "all"}}, "c": {"id": "c", "parent": "b", "children": ["d"], "message": {"id": "x", "author": {"role": "assistant", "name": null, "metadata": {}}, "create_time": 1.5, "content": {"content_type": "text", "parts": ["A promise not to evict."]}, "status": "finished_successfully", "weight": 1.0, "metadata": {}, "recipient": "all"}}, "d": {"id": "d", "parent": "c", "children": ["e"], "message": {"id": "x", "author": {"role": "user", "name": null, "metadata": {}}, "create_time": 1.5, "content": {"content_type": "text", "parts": ["Why?\nTell me."]}, "status": "finished_successfully", "weight": 1.0, "metadata": {}, "recipient": "all"}}, "e": {"id": "e", "parent": "d", "children": [], "message": {"id": "x", "author": {"role": "assistant", "name": null, "metadata": {}}, "create_time": 1.5, "content": {"content_type": "text", "parts": ["So that nobody frees what is in use."]}, "status": "finished_successfully", "weight": 1.0, "metadata": {}, "recipient": "all"}}}, "current_node": "e", "conversation_id": "c", "moderation_results": []}]""" },
        { "ChatGLM3", """{"prompt": "Why?\nTell me.", "response": "So that nobody frees what is in use.", "history": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}]}""" },
        { "LangChain retrieval", """{"question": "Why?\nTell me.", "answer": "So that nobody frees what is in use.", "chat_history": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}]}""" },
        { "a history that ends with the question", """{"question": "Why?\nTell me.", "answer": "So that nobody frees what is in use.", "history": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}]}""" },
        { "UltraChat", """{"id": "0", "data": ["What is a lease?", "A promise not to evict.", "Why?\nTell me.", "So that nobody frees what is in use."]}""" },
        { "a log with numbers as times", """
            {"session_id": "a", "timestamp": 1700000000.5, "role": "user", "content": "What is a lease?"}
            {"session_id": "a", "timestamp": 1700000007.5, "role": "assistant", "content": "A promise not to evict."}
            {"session_id": "a", "timestamp": 1700000014.5, "role": "user", "content": "Why?\nTell me."}
            {"session_id": "a", "timestamp": 1700000021.5, "role": "assistant", "content": "So that nobody frees what is in use."}
            """ },
    };

    public static TheoryData<string, string> PreferencesSources => new()
    {
        { "OpenAI", """{"input": {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}], "tools": [], "parallel_tool_calls": true}, "preferred_output": [{"role": "assistant", "content": "So that nobody frees what is in use."}], "non_preferred_output": [{"role": "assistant", "content": "No."}]}""" },
        { "whole chats", """{"dataset": "x", "chosen": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}], "rejected": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "x"}], "chosen_rating": 5}""" },
        { "answers that repeat the prompt", """{"prompt": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}], "chosen": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}], "rejected": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict."}, {"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So that nobody frees what is in use."}]}""" },
    };

    public static TheoryData<string, string> WithToolSources => new()
    {
        { "Anthropic", """{"model": "c", "max_tokens": 5, "messages": [{"role": "user", "content": "Weather in Jena?"}, {"role": "assistant", "content": [{"type": "text", "text": "I look."}, {"type": "tool_use", "id": "1", "name": "weather", "input": {"city": "Jena"}}]}, {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "1", "content": [{"type": "text", "text": "rain"}, {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}}], "is_error": false}]}, {"role": "assistant", "content": [{"type": "text", "text": "Rain."}]}]}""" },
        { "Gemini for Python", """{"contents": [{"role": "user", "parts": [{"text": "Weather in Jena?"}]}, {"role": "model", "parts": [{"text": "I look."}, {"function_call": {"name": "weather", "args": {"city": "Jena"}}}]}, {"role": "user", "parts": [{"function_response": {"name": "weather", "response": {"result": "rain"}}}]}, {"role": "model", "parts": [{"text": "Rain."}]}]}""" },
        { "Bedrock", """{"messages": [{"role": "user", "content": [{"text": "Weather in Jena?"}]}, {"role": "assistant", "content": [{"text": "I look."}, {"toolUse": {"toolUseId": "1", "name": "weather", "input": {"city": "Jena"}}}]}, {"role": "user", "content": [{"toolResult": {"toolUseId": "1", "content": [{"text": "rain"}], "status": "success"}}]}, {"role": "assistant", "content": [{"text": "Rain."}]}]}""" },
        { "Cohere, a plan", """{"messages": [{"role": "user", "content": "Weather in Jena?"}, {"role": "assistant", "tool_plan": "I look.", "tool_calls": [{"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Jena\"}"}}]}, {"role": "tool", "content": "rain", "tool_call_id": "1"}, {"role": "assistant", "content": "Rain."}]}""" },
        { "Cohere, a document", """{"messages": [{"role": "user", "content": "Weather in Jena?"}, {"role": "assistant", "content": "I look.", "tool_calls": [{"id": "1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Jena\"}"}}]}, {"role": "tool", "tool_call_id": "1", "content": [{"type": "document", "document": {"data": "rain"}}]}, {"role": "assistant", "content": "Rain."}]}""" },
        { "Vercel 4", """{"messages": [{"id": "1", "role": "user", "content": "Weather in Jena?", "parts": [{"type": "text", "text": "Weather in Jena?"}]}, {"id": "2", "role": "assistant", "content": "Rain.", "toolInvocations": [{"state": "result", "toolCallId": "1", "toolName": "weather", "args": {"city": "Jena"}, "result": "rain"}], "parts": [{"type": "step-start"}, {"type": "text", "text": "I look."}, {"type": "tool-invocation", "toolInvocation": {"state": "result", "toolCallId": "1", "toolName": "weather", "args": {"city": "Jena"}, "result": "rain"}}, {"type": "text", "text": "Rain."}]}]}""" },
        { "Vercel 5", """{"messages": [{"id": "1", "role": "user", "parts": [{"type": "text", "text": "Weather in Jena?"}]}, {"id": "2", "role": "assistant", "parts": [{"type": "step-start"}, {"type": "text", "text": "I look.", "state": "done"}, {"type": "tool-weather", "toolCallId": "1", "state": "output-available", "input": {"city": "Jena"}, "output": "rain"}, {"type": "text", "text": "Rain."}]}]}""" },
        { "Vercel 5, for the model", """{"messages": [{"role": "user", "content": "Weather in Jena?"}, {"role": "assistant", "content": [{"type": "text", "text": "I look."}, {"type": "tool-call", "toolCallId": "1", "toolName": "weather", "input": {"city": "Jena"}}]}, {"role": "tool", "content": [{"type": "tool-result", "toolCallId": "1", "toolName": "weather", "output": {"type": "text", "value": "rain"}}]}, {"role": "assistant", "content": "Rain."}]}""" },
        { "LangChain, serialised", """{"messages": [{"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", "HumanMessage"], "kwargs": {"type": "human", "additional_kwargs": {}, "content": "Weather in Jena?"}}, {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", "AIMessage"], "kwargs": {"type": "ai", "additional_kwargs": {}, "content": "I look.", "tool_calls": [{"name": "weather", "args": {"city": "Jena"}, "id": "1", "type": "tool_call"}]}}, {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", "ToolMessage"], "kwargs": {"type": "tool", "additional_kwargs": {}, "content": "rain", "tool_call_id": "1"}}, {"lc": 1, "type": "constructor", "id": ["langchain", "schema", "messages", "AIMessage"], "kwargs": {"type": "ai", "additional_kwargs": {}, "content": "Rain."}}]}""" },
        { "a log that begins with other lines", """
            {"type": "session", "version": 3, "id": "s", "timestamp": "2026-01-01T00:00:00Z", "cwd": "/"}
            {"type": "model_change", "id": "1", "provider": "p"}
            {"type": "message", "id": "2", "parentId": null, "timestamp": "2026-01-01T00:00:00Z", "message": {"role": "user", "content": [{"type": "text", "text": "Weather in Jena?"}], "timestamp": 1}}
            {"type": "message", "id": "3", "parentId": "2", "timestamp": "2026-01-01T00:00:00Z", "message": {"role": "assistant", "content": [{"type": "text", "text": "I look."}, {"type": "toolCall", "id": "1", "name": "weather", "arguments": {"city": "Jena"}}]}}
            {"type": "message", "id": "4", "timestamp": "2026-01-01T00:00:00Z", "message": {"role": "toolResult", "toolCallId": "1", "content": [{"type": "text", "text": "rain"}]}}
            {"type": "message", "id": "5", "timestamp": "2026-01-01T00:00:00Z", "message": {"role": "assistant", "content": [{"type": "text", "text": "Rain."}]}}
            """ },
        { "OpenAI responses, a call of MCP", """{"input": "Weather in Jena?", "model": "m", "output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "I look."}]}, {"type": "mcp_call", "id": "1", "name": "weather", "server_label": "s", "arguments": "{\"city\":\"Jena\"}", "output": "rain"}, {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Rain."}]}]}""" },
    };

    public static TheoryData<string, string> CallAloneSources => new()
    {
        { "xLAM", """{"id": 0, "query": "Weather in Jena?", "answers": "[{\"name\": \"weather\", \"arguments\": {\"city\": \"Jena\"}}]", "tools": "[{\"type\": \"function\", \"function\": {\"name\": \"weather\", \"description\": \"d\", \"parameters\": {}}}]"}""" },
        { "function_call beside no tool_calls", """{"messages": [{"role": "user", "content": "Weather in Jena?"}, {"role": "assistant", "content": null, "tool_calls": [], "function_call": {"name": "weather", "arguments": "{\"city\": \"Jena\"}"}}]}""" },
        { "Gemini, a signature", """{"contents": [{"role": "user", "parts": [{"text": "Weather in Jena?"}]}, {"role": "model", "parts": [{"functionCall": {"name": "weather", "args": {"city": "Jena"}}, "thoughtSignature": "iVBORw0KGgo="}]}]}""" },
    };

    public static TheoryData<string, string> WithThoughtSources => new()
    {
        { "Mistral", """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}, {"type": "text", "text": "A promise not to evict."}]}]}""" },
        { "OpenRouter", """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict.", "reasoning_details": [{"type": "reasoning.text", "text": "Hm."}]}]}""" },
        { "OpenRouter, twice", """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict.", "reasoning": "Hm.", "reasoning_details": [{"type": "reasoning.text", "text": "Hm."}]}]}""" },
        { "LiteLLM", """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict.", "thinking_blocks": [{"type": "thinking", "thinking": "Hm.", "signature": "x"}]}]}""" },
        { "Bedrock", """{"messages": [{"role": "user", "content": [{"text": "What is a lease?"}]}, {"role": "assistant", "content": [{"reasoningContent": {"reasoningText": {"text": "Hm.", "signature": "iVBORw0KGgo="}}}, {"text": "A promise not to evict."}]}]}""" },
        { "Anthropic", """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": [{"type": "thinking", "thinking": "Hm.", "signature": "iVBORw0KGgo="}, {"type": "text", "text": "A promise not to evict."}]}]}""" },
    };

    [Theory]
    [MemberData(nameof(PlainSources))]
    public void PlainChatsAreEqual(string source, string text) => AssertEqual(Plain, source, text);

    [Theory]
    [MemberData(nameof(WithSystemSources))]
    public void WithSystemChatsAreEqual(string source, string text) => AssertEqual(WithSystem, source, text);

    [Theory]
    [MemberData(nameof(TwoTurnsSources))]
    public void TwoTurnsChatsAreEqual(string source, string text) => AssertEqual(TwoTurns, source, text);

    [Theory]
    [MemberData(nameof(PreferencesSources))]
    public void PreferencesChatsAreEqual(string source, string text) => AssertEqual(Preferences, source, text);

    [Theory]
    [MemberData(nameof(WithToolSources))]
    public void WithToolChatsAreEqual(string source, string text) => AssertEqual(WithTool, source, text);

    [Theory]
    [MemberData(nameof(CallAloneSources))]
    public void CallAloneChatsAreEqual(string source, string text) => AssertEqual(CallAlone, source, text);

    [Theory]
    [MemberData(nameof(WithThoughtSources))]
    public void WithThoughtChatsAreEqual(string source, string text) => AssertEqual(WithThought, source, text);

    [Theory]
    [InlineData("image 1", """{"messages": [{"role": "user", "content": [{"text": "What is a lease?"}, {"image": {"format": "png", "source": {"bytes": "iVBORw0KGgo="}}}]}, {"role": "assistant", "content": [{"text": "A promise not to evict."}]}]}""")]
    [InlineData("image 1", """{"messages": [{"role": "user", "content": [{"image": "http://x/y.png"}, {"text": "What is a lease?"}]}, {"role": "assistant", "content": [{"text": "A promise not to evict."}]}]}""")]
    [InlineData("image 1", """[{"id": "x", "image": "coco/1.jpg", "conversations": [{"from": "human", "value": "What is a lease?"}, {"from": "gpt", "value": "A promise not to evict."}]}]""")]
    [InlineData("images 1", """{"model": "llava", "messages": [{"role": "user", "content": "What is a lease?", "images": ["iVBORw0KGgo="]}, {"role": "assistant", "content": "A promise not to evict.", "images": null}]}""")]
    [InlineData("audio 1", """{"messages": [{"role": "user", "content": "What is a lease?"}, {"role": "assistant", "content": "A promise not to evict.", "audio": {"id": "a", "data": "iVBORw0KGgo="}}]}""")]
    [InlineData("image_asset_pointer 1", """[{"mapping": {"a": {"id": "a", "parent": null, "children": ["b"], "message": {"author": {"role": "user"}, "content": {"content_type": "multimodal_text", "parts": [{"content_type": "image_asset_pointer", "asset_pointer": "file://x", "size_bytes": 3}, "What is a lease?"]}}}, "b": {"id": "b", "parent": "a", "children": [], "message": {"id": "x", "author": {"role": "assistant", "name": null, "metadata": {}}, "create_time": 1.5, "content": {"content_type": "text", "parts": ["A promise not to evict."]}, "status": "finished_successfully", "weight": 1.0, "metadata": {}, "recipient": "all"}}}, "current_node": "b"}]""")]
    [InlineData("attachments 1", """[{"chat_messages": [{"sender": "human", "text": "What is a lease?", "attachments": [{"file_name": "a", "extracted_content": "long text"}], "files": []}, {"sender": "assistant", "text": "A promise not to evict."}]}]""")]
    public void MediaBesideAndAmongTextsAreCounted(string told, string text)
    {
        AssertEqual(Plain, told, text);
        Assert.Contains($"1 part of a message that is no text was left out ({told}).", Load(text).Notes);
    }

    [Fact]
    public void AContextFollowsItsInstruction()
        => AssertEqual("""{"messages": [{"role": "user", "content": "Why?\nTell me."}, {"role": "assistant", "content": "So."}]}""", "Dolly", """{"instruction": "Why?", "context": "Tell me.", "response": "So.", "category": "qa"}""");

    [Fact]
    public void SessionsMayBeNumbers()
        => Assert.Equal([0, 1], Load("""
            {"session_id": 1, "role": "user", "content": "Hi"}
            {"session_id": 2, "role": "user", "content": "Hi"}
            {"session_id": 1, "role": "assistant", "content": "Hello"}
            {"session_id": 2, "role": "assistant", "content": "Hello"}
            """).Requests.Select(request => request.Session));

    [Theory]
    [InlineData("2 messages of other branches were left out.", """[{"mapping": {"a": {"parent": null, "message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Hi"]}}}, "b": {"parent": "a", "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": ["Hello"]}}}, "c": {"parent": "a", "message": {"author": {"role": "assistant"}, "content": {"content_type": "text", "parts": ["Hey"]}}}, "d": {"parent": "c", "message": {"author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Why?"]}}}}, "current_node": "b"}]""")]
    [InlineData("1 conversation is a list of texts: they were taken as the user's and the assistant's by turns.", """{"id": "0", "data": ["Hi", "Hello"]}""")]
    [InlineData("1 answer besides a prompt's first was left out.", """{"prompt": "Hi", "responses": ["Hello", "Hey"]}""")]
    public void WhatIsTakenOrLeftIsTold(string note, string text)
    {
        AssertEqual("""{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}""", note, text);
        Assert.Equal([note], Load(text).Notes);
    }

    [Theory]
    [InlineData("'messages' is a text", """{"messages": "[{\"role\": \"user\", \"content\": \"x\"}]"}""")]
    [InlineData("'conversation' is a text", """{"conversation": "USER: Hi ASSISTANT: Hello"}""")]
    [InlineData("'conversations' is a list of texts, of which nobody knows who says them", """{"conversations": ["Hi", "Hello"]}""")]
    [InlineData("'messages' is an object", """{"messages": {"0": {"role": "user", "content": "x"}}}""")]
    [InlineData("message 1 has no role", """{"messages": [{"role": "", "content": "x"}]}""")]
    [InlineData("hang in a tree (replies)", """{"message_tree_id": "1", "prompt": {"text": "x", "role": "prompter", "replies": []}}""")]
    [InlineData("no node 'b' that goes on from the others", """[{"mapping": {"a": {"parent": "b", "message": null}}, "current_node": "a"}]""")]
    [InlineData("no node 'a' that goes on from the others", """[{"mapping": {"a": {"parent": "a", "message": null}}, "current_node": "a"}]""")]
    public void WhatIsWrongIsNamed(string told, string text) => Assert.Contains(told, Assert.Throws<SquelchException>(() => Load(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void NamesOutOfFilesAreShortAndSteerNoTerminal()
    {
        string name = string.Concat(Enumerable.Repeat("x", 1_000));
        Assert.Equal(
            [$"1 part of a message that is no text was left out ({name[..40]}.. 1).", "1 message has an unknown role and counts as input (?[31mred 1)."],
            Load($$"""{"messages": [{"role": "\u001b[31mred", "content": [{"type": "{{name}}"}, {"type": "text", "text": "x"}]}, {"role": "assistant", "content": "y"}]}""").Notes);
    }

    private static void AssertEqual(string expected, string source, string text)
    {
        (string, int, int, long)[] wanted = Requests(expected);
        (string, int, int, long)[] found = Requests(text);
        Assert.True(wanted.SequenceEqual(found), $"{source}: {string.Join('\n', found)}\ninstead of\n{string.Join('\n', wanted)}");
    }

    private static (string Tokens, int Input, int Output, long Session)[] Requests(string text)
        => [.. Load(text).Requests.Select(request => (string.Join(' ', request.Pages.ToArray()), request.InputTokens, request.OutputTokens, request.Session))];

    private static Trace Load(string text)
    {
        using var input = new TraceInput(new MemoryStream(Encoding.UTF8.GetBytes(text)), "chats.json");
        return TraceFormats.Of([.. TraceFormats.All, new ConversationFormat(null)], input).Load(input, new());
    }
}
