using Squelch.Tests;

namespace Squelch.Tool.Tests;

/// <summary>Small files as people have them, each with its right value.</summary>
public sealed class ConversationCaseTests
{
    [Theory]
    [InlineData("bom-jsonl/chats.jsonl", 2, 8, 8)]
    [InlineData("claude-code/log.jsonl", 1, 4, 4)]
    [InlineData("content-parts/text.jsonl", 1, 183, 4)]
    [InlineData("content-parts/parts.jsonl", 1, 183, 4)]
    [InlineData("content-parts/cached.jsonl", 1, 183, 4)]
    [InlineData("empty-conv/chats.json", 1, 4, 3)]
    [InlineData("multi-turn-growing/chats.jsonl", 6, 658, 30)]
    [InlineData("openai-batch/chats.jsonl", 1, 12, 0)]
    [InlineData("roles/ai.jsonl", 1, 5, 4)]
    [InlineData("roles/caps.jsonl", 1, 5, 4)]
    [InlineData("roles/gptfirst.jsonl", 1, 9, 4)]
    [InlineData("tool-calls/chats.jsonl", 2, 2_028, 2_016)]
    [InlineData("toplevel-object-list/chats.json", 1, 4, 4)]
    [InlineData("trailing-comma/chats.json", 1, 4, 4)]
    [InlineData("usage-input-tokens/chats.jsonl", 1, 7, 9)]
    [InlineData("utf16/chats.jsonl", 1, 4, 4)]
    [InlineData("wildchat-conversation/chats.jsonl", 1, 7, 9)]
    public void IsRead(string file, int requests, long input, long output)
    {
        Trace trace = Load(file);

        Assert.Equal((requests, input, output), (trace.Requests.Count, trace.Requests.Sum(request => (long)request.InputTokens), trace.Requests.Sum(request => (long)request.OutputTokens)));
        Assert.StartsWith("conversations", trace.Format, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dup-messages/chats.jsonl", "'messages' twice")]
    [InlineData("nan-value/chats.jsonl", "allow_nan=False")]
    public void IsRefused(string file, string reason)
        => Assert.Contains(reason, Assert.Throws<SquelchException>(() => Load(file)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("openai-batch/chats.jsonl", "1 conversation ends with a prompt that has no answer: it is a request with 0 output tokens.")]
    [InlineData("empty-conv/chats.json", "1 conversation without a prompt was left out.")]
    [InlineData("claude-code/log.jsonl", "Requests come when the file says: when the last message before each answer was written.")]
    public void WhatIsLeftOutOrTakenForSomethingIsTold(string file, string note) => Assert.Equal([note], Load(file).Notes);

    private static Trace Load(string file)
    {
        using TraceInput input = TraceInput.Open(Path.Combine(SharedData.Repository, "tests", "Cases", file));
        return TraceFormats.Of([.. TraceFormats.All, new ConversationFormat(null)], input).Load(input, new());
    }
}
