using System.Text;

namespace Squelch.Tool.Tests;

/// <summary>What becomes tokens, what does not, and what is said of it.</summary>
public sealed class ConversationTextTests
{
    private const string Text = """{"messages": [{"role": "user", "content": "What is this?"}, {"role": "assistant", "content": "A cat."}]}""";

    [Theory]
    [InlineData("image_url 1", """[{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4"}}]""")]
    [InlineData("image 1", """[{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgoAAAANSUhEUgAAAAUA"}}, {"type": "text", "text": "What is this?"}]""")]
    [InlineData("input_image 1", """[{"type": "input_image", "image_url": "https://example.com/cat.png"}, {"type": "input_text", "text": "What is this?"}]""")]
    [InlineData("input_audio 1", """[{"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}, {"type": "text", "text": "What is this?"}]""")]
    [InlineData("file 1", """[{"type": "file", "file": {"file_data": "JVBERi0xLjQ="}}, {"type": "text", "text": "What is this?"}]""")]
    [InlineData("inlineData 1", """{"parts": [{"inlineData": {"mimeType": "image/png", "data": "iVBORw0KGgo="}}, {"text": "What is this?"}]}""")]
    public void WhatIsNoTextIsLeftOutAndCounted(string told, string content)
    {
        Trace trace = Load($$"""{"messages": [{"role": "user", "content": {{content}}}, {"role": "assistant", "content": "A cat."}]}""");

        Assert.Equal(Tokens(Load(Text)), Tokens(trace));
        Assert.Equal([$"1 part of a message that is no text was left out ({told})."], trace.Notes);
    }

    [Theory]
    [InlineData("""{"role": "assistant", "reasoning_content": "Whiskers.", "content": "A cat."}""")]
    [InlineData("""{"role": "assistant", "content": [{"type": "thinking", "thinking": "Whiskers.", "signature": "x"}, {"type": "text", "text": "A cat."}]}""")]
    [InlineData("""{"role": "assistant", "content": [{"type": "reasoning", "text": "Whiskers."}, {"type": "text", "text": "A cat."}]}""")]
    [InlineData("""{"role": "model", "parts": [{"text": "Whiskers.", "thought": true}, {"text": "A cat."}]}""")]
    [InlineData("""{"type": "reasoning", "summary": [{"type": "summary_text", "text": "Whiskers."}]}, {"role": "assistant", "content": "A cat."}""")]
    public void ThoughtsAreOutput(string answer)
    {
        Trace trace = Load($$"""{"messages": [{"role": "user", "content": "What is this?"}, {{answer}}]}""");

        Assert.Equal(Tokens(Load("""{"messages": [{"role": "user", "content": "What is this?"}, {"role": "assistant", "content": "Whiskers.\nA cat."}]}""")), Tokens(trace));
        Assert.Equal(["1 thought counts as output, and as input of what follows."], trace.Notes);
    }

    [Fact]
    public void AHiddenThoughtIsLeftOut()
        => Assert.Equal(["2 parts of messages that are no text were left out (reasoning 1, redacted_thinking 1)."], Load("""{"messages": [{"role": "user", "content": "What is this?"}, {"type": "reasoning", "summary": [], "encrypted_content": "abc"}, {"role": "assistant", "content": [{"type": "redacted_thinking", "data": "abc"}, {"type": "text", "text": "A cat."}]}]}""").Notes);

    [Fact]
    public void AnUnknownRoleIsInputAndNamed()
    {
        Trace trace = Load("""{"messages": [{"role": "Narrator", "content": "It rains."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}""");

        Assert.Equal(["1 message has an unknown role and counts as input (narrator 1)."], trace.Notes);
        Assert.True(Assert.Single(trace.Requests).InputTokens > 8);
    }

    [Fact]
    public void AnswersThatFollowEachOtherAreOne()
    {
        Request request = Assert.Single(Load("""{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}, {"role": "assistant", "content": "Bye."}]}""").Requests);

        Assert.Equal(Tokens(Load("""{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello.\nBye."}]}""")), ((int Input, string Tokens)[])[(request.InputTokens, string.Join(' ', request.Pages.ToArray()))]);
    }

    [Fact]
    public void ALastPromptWithoutAnAnswerIsARequestWithoutOutput()
    {
        Trace trace = Load("""{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}, {"role": "user", "content": "Why?"}]}""");

        Assert.Equal([4, 0], trace.Requests.Select(request => request.OutputTokens));
        Assert.Equal(trace.Requests[1].Pages.Length, trace.Requests[1].InputTokens);
        Assert.True(trace.Requests[1].Pages.Span.StartsWith(trace.Requests[0].Pages.Span));
        Assert.Equal(["1 conversation ends with a prompt that has no answer: it is a request with 0 output tokens."], trace.Notes);
    }

    [Theory]
    [InlineData("""{"model": "m", "prompt": "Hi"}""")]
    [InlineData("""{"prompt": "Hi", "output_tokens": 100}""")]
    [InlineData("""{"custom_id": "1", "method": "POST", "url": "/v1/responses", "body": {"model": "m", "input": "Hi"}}""")]
    [InlineData("""{"custom_id": "1", "params": {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}}""")]
    [InlineData("""{"key": "1", "request": {"contents": [{"parts": [{"text": "Hi"}]}]}}""")]
    public void PromptsAloneAreRequests(string prompt)
    {
        Request request = Assert.Single(Load(prompt).Requests);
        Assert.Equal((4, 0), (request.InputTokens, request.OutputTokens));
    }

    [Fact]
    public void WhatStandsBesideTheTextIsTold()
        => Assert.Equal(
            ["1 conversation describes its tools; the description was left out.", "1 answer besides a prompt's first was left out."],
            Load("""{"messages": [{"role": "user", "content": "Hi"}], "tools": [{"type": "function"}], "choices": [{"message": {"role": "assistant", "content": "Hello"}}, {"message": {"role": "assistant", "content": "Hey"}}]}""").Notes);

    /// <summary>A property that no reader cares for may stand before, and be long.</summary>
    [Fact]
    public void LongToolsBeforeTheMessagesHideNothing()
    {
        string tools = string.Join(", ", Enumerable.Repeat("""{"type": "function", "function": {"name": "input_tokens", "description": "hash_ids"}}""", 3_000));
        Assert.Single(Load($$"""{"tools": [{{tools}}], "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}""").Requests);
    }

    [Fact]
    public void ALogKeepsItsTimesAndItsSessions()
    {
        Trace trace = Load("""
            {"type": "file-history-snapshot", "messageId": "x", "snapshot": {}}
            {"type": "user", "sessionId": "a", "timestamp": "2026-01-01T00:00:00Z", "message": {"role": "user", "content": "Hi"}}
            {"type": "user", "sessionId": "b", "timestamp": "2026-01-01T00:00:05Z", "message": {"role": "user", "content": "Hi"}}
            {"type": "assistant", "sessionId": "a", "timestamp": "2026-01-01T00:00:09Z", "message": {"role": "assistant", "content": "Hello"}}
            {"type": "user", "sessionId": "a", "timestamp": "2026-01-01T00:00:10Z", "isSidechain": true, "message": {"role": "user", "content": "Another agent"}}
            {"type": "assistant", "sessionId": "b", "timestamp": "2026-01-01T00:00:11Z", "message": {"role": "assistant", "content": "Hello"}}
            {"type": "user", "sessionId": "a", "timestamp": "2026-01-01T00:00:12.5Z", "message": {"role": "user", "content": "Why?"}}
            {"type": "assistant", "sessionId": "a", "timestamp": "2026-01-01T00:00:13Z", "message": {"role": "assistant", "content": "So."}}
            """);

        Assert.Equal([(0, 0), (5, 1), (12.5, 0)], trace.Requests.Select(request => (request.Time, request.Session)));
        Assert.Equal(
            [
                "1 message of a side conversation was left out: the log does not tell which.",
                "1 line of the log that is no message was left out.",
                "Requests come when the file says: when the last message before each answer was written.",
            ],
            trace.Notes);
    }

    [Fact]
    public void ASummaryThatReplacesWhatWasSaidBeginsAnew()
        => Assert.Equal([4, 4, 4], Load("""
            {"type": "user", "sessionId": "a", "message": {"role": "user", "content": "Hi"}}
            {"type": "assistant", "sessionId": "a", "message": {"role": "assistant", "content": "Hello"}}
            {"type": "user", "sessionId": "a", "isCompactSummary": true, "message": {"role": "user", "content": "Hi"}}
            {"type": "assistant", "sessionId": "a", "message": {"role": "assistant", "content": "Hello"}}
            {"type": "user", "sessionId": "a", "agentId": "b", "isSidechain": true, "message": {"role": "user", "content": "Hi"}}
            {"type": "assistant", "sessionId": "a", "agentId": "b", "isSidechain": true, "message": {"role": "assistant", "content": "Hello"}}
            """).Requests.Select(request => request.InputTokens));

    /// <summary>The tokenizer's time grows with the square of such runs: whole, each of them takes minutes.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("=")]
    [InlineData("\\n")]
    [InlineData("好")]
    [InlineData("😀")]
    [InlineData("𠀀a")]
    [InlineData("\\u0301")]
    [InlineData("\\u0000")]
    [InlineData("\\ud800")]
    public void LongRunsAreRead(string run)
        => Assert.True(Load($$"""{"messages": [{"role": "user", "content": "{{string.Concat(Enumerable.Repeat(run, 300_000))}}"}]}""").Requests[0].InputTokens > 2_000);

    [Fact]
    public void ShortRunsAreTokenisedWhole()
    {
        var tokenizer = Microsoft.ML.Tokenizers.TiktokenTokenizer.CreateForEncoding("o200k_base");
        string text = string.Join("\n\n", ["The quick policy evicts 12345 blocks; l'été, 東京都。", new string('-', 400), "if (x) {\r\n        return;\r\n}", "😀😀 a\u0301b", new string(' ', 300)]);
        Trace trace = Load($$"""{"messages": [{"role": "user", "content": {{System.Text.Json.JsonSerializer.Serialize(text)}}}]}""");

        Assert.Equal(tokenizer.EncodeToIds($"user: {text}\n"), trace.Requests[0].Pages.ToArray());
    }

    [Fact]
    public void DeepAndBrokenValuesAreRead()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 900)) + string.Concat(Enumerable.Repeat("]", 900));
        string deepObjects = string.Concat(Enumerable.Repeat("{\"content\": ", 900)) + "1" + string.Concat(Enumerable.Repeat("}", 900));
        Assert.Single(Load($$"""{"x": {{deep}}, "messages": [{"role": "user", "content": {{deep}}}, {"role": "assistant", "content": {{deepObjects}}, "tool_calls": [{"name": "f", "arguments": {{deep}}}]}]}""").Requests);
        Assert.Single(Load("{\"messages\": [{\"role\": \"user\", \"content\": \"\xE9\"}]}", Encoding.Latin1).Requests);
        Assert.Single(Load("""{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "tool_calls": [{"name": "f", "arguments": {"\ud800": "\udc00"}}, 1, null, "x", []]}]}""").Requests);
    }

    [Fact]
    public void ReadingIsShownAndCanBeStopped()
    {
        using var stop = new CancellationTokenSource();
        long read = 0;
        string line = Text + "\n";
        using var input = new TraceInput(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 20_000)))), "chats.jsonl");

        Assert.ThrowsAny<OperationCanceledException>(() => new ConversationFormat(null).Load(input, new() { BytesRead = Hear, Cancellation = stop.Token }));
        Assert.InRange(read, 1, (line.Length * 20_000) - 1);

        void Hear(long bytes)
        {
            read = bytes;
            stop.Cancel();
        }
    }

    private static (int Input, string Tokens)[] Tokens(Trace trace) => [.. trace.Requests.Select(request => (request.InputTokens, string.Join(' ', request.Pages.ToArray())))];

    private static Trace Load(string text, Encoding? encoding = null)
    {
        using var input = new TraceInput(new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(text)), "chats.json");
        return TraceFormats.Of([.. TraceFormats.All, new ConversationFormat(null)], input).Load(input, new());
    }
}
