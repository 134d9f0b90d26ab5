using System.IO.Compression;
using System.Text;

namespace Squelch.Tool.Tests;

public sealed class ConversationTests : IDisposable
{
    private const string ShareGpt = """
        {"id": "a", "conversations": [{"from": "human", "value": "What is a cache?"}, {"from": "gpt", "value": "A store of what may be wanted again."}, {"from": "human", "value": "Why?"}, {"from": "gpt", "value": "To save time."}]}
        """;

    private const string Agent = """
        {"messages": [{"role": "system", "content": "You are an agent."}, {"role": "user", "content": [{"type": "text", "text": "List files."}]}, {"role": "assistant", "content": null}, {"role": "tool", "content": "a.txt"}, {"role": "assistant", "content": "There is a.txt."}]}
        """;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("lines.jsonl", ShareGpt + "\n" + Agent + "\n")]
    [InlineData("array.json", "[" + ShareGpt + ", " + Agent + "]")]
    [InlineData("array.json.gz", " \n[" + ShareGpt + ", " + Agent + "]")]
    public void EachAnswerIsARequestThatCarriesAllThatWasSaid(string name, string text)
    {
        using TraceInput input = TraceInput.Open(Write(name, text));

        Assert.True(new ConversationFormat(null).Recognises(input.Sample()));
        Trace trace = new ConversationFormat(null).Load(input, new());
        Assert.Equal([2, 2], trace.Requests.GroupBy(request => request.Session).Select(session => session.Count()));
        foreach (IGrouping<long, Request> session in trace.Requests.GroupBy(request => request.Session))
        {
            Request[] turns = [.. session];
            Assert.True(turns[1].Pages.Span[..turns[1].InputPages].StartsWith(turns[0].Pages.Span), "the second input begins with the first request and its answer");
            Assert.True(turns[0].Time < turns[1].Time);
        }
    }

    [Fact]
    public async Task ConversationsAreReplayedAndConverted()
    {
        string file = Write("chats.json", "[" + ShareGpt + ", " + Agent + "]");
        ToolRun replayed = await ToolRun.OfAsync("replay", file, "--policy", "Lru", "--capacity", "1GB");
        ToolRun converted = await ToolRun.OfAsync("trace", "convert", file, "--out", _workplace.PathOf("chats.jsonl"));

        Assert.Equal(("", ""), (replayed.Error, converted.Error));
        Assert.Equal(4, TraceReader.Load(_workplace.PathOf("chats.jsonl")).Requests.Count);
    }

    [Fact]
    public async Task HalvesOfSurrogatePairsBecomeReplacementCharacters()
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", Write("half.json", """{"messages": [{"role": "user", "content": "\ud83d?"}, {"role": "assistant", "content": "\udc00 yes", "x\ud800": 1}]}"""));
        ToolRun mended = await ToolRun.OfAsync("trace", "info", Write("full.json", """{"messages": [{"role": "user", "content": "\ufffd?"}, {"role": "assistant", "content": "\ufffd yes"}]}"""));

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Equal(mended.Out, run.Out.Replace("half", "full", StringComparison.Ordinal));
    }

    /// <summary>Sessions begin at the given rate and go on after the given time; other traces keep their own times.</summary>
    [Fact]
    public async Task ConversationsGetTheTimesThatAreAskedFor()
    {
        string file = Write("chats.json", "[" + string.Join(", ", Enumerable.Repeat(ShareGpt, 200)) + "]");
        double slow = await Duration("--rate", "0.1", "--think-seconds", "1");
        double fast = await Duration("--rate", "100", "--think-seconds", "1");
        ToolRun refused = await ToolRun.OfAsync("trace", "convert", _workplace.Trace, "--out", _workplace.PathOf("no.jsonl"), "--seed", "3");
        ToolRun impossible = await ToolRun.OfAsync("trace", "convert", file, "--out", _workplace.PathOf("no.jsonl"), "--rate", "0");

        Assert.InRange(slow, 1_500, 2_700);
        Assert.InRange(fast, 1, 20);
        Assert.Contains("for conversations", refused.Error, StringComparison.Ordinal);
        Assert.Contains("from 0.000001", impossible.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workplace.PathOf("no.jsonl")));

        async Task<double> Duration(params string[] options)
        {
            string target = _workplace.PathOf("timed.jsonl");
            ToolRun run = await ToolRun.OfAsync(["trace", "convert", file, "--out", target, .. options]);
            Assert.Equal("", run.Error);
            return TraceReader.Load(target).Requests[^1].Time;
        }
    }

    [Theory]
    [InlineData("conversation 2", "[" + ShareGpt + ", {\"id\": 1}]")]
    [InlineData("conversation 1", "{\"conversations\": [{\"value\": \"x\"}]}")]
    [InlineData("value 2, line 1: it ends in the middle", "[" + ShareGpt + ", {\"conversations\"")]
    [InlineData("nothing to replay", "[{\"conversations\": []}, {\"conversations\": [{\"from\": \"gpt\", \"value\": \"x\"}]}]")]
    [InlineData("message 2 has no role or from that is a text (it has who, text)", "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}, {\"who\": \"me\", \"text\": \"y\"}]}")]
    [InlineData("message 1 has neither content nor value (it has role, body)", "{\"messages\": [{\"role\": \"user\", \"body\": \"x\"}]}")]
    [InlineData("message 2 is no object", "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}, \"y\"]}")]
    [InlineData("'content' twice", "{\"messages\": [{\"role\": \"user\", \"content\": \"x\", \"content\": \"y\"}]}")]
    [InlineData("conversation 2: it has no list of messages; it has id, body", "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}\n{\"id\": 1, \"body\": {}}")]
    [InlineData("an answer (response) but not the messages", "{\"custom_id\": \"r1\", \"response\": {\"body\": {\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"x\"}}]}}}")]
    [InlineData("several lists of messages, conversation_a and conversation_b", "{\"conversation_a\": [{\"role\": \"user\", \"content\": \"x\"}], \"conversation_b\": [{\"role\": \"user\", \"content\": \"x\"}]}")]
    [InlineData("several lists of conversations, train and test", "{\"train\": [" + ShareGpt + "], \"test\": [" + Agent + "]}")]
    [InlineData("its history is no list of", "{\"instruction\": \"x\", \"output\": \"y\", \"history\": [\"z\"]}")]
    [InlineData("hang in a tree (parent_id)", "{\"message_id\": \"1\", \"parent_id\": null, \"text\": \"x\", \"role\": \"prompter\"}")]
    public async Task WhatIsWrongIsNamed(string place, string text)
    {
        ToolRun run = await ToolRun.OfAsync("replay", Write("bad.json", text));

        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains(place, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void RequestsAreNotTakenForConversations()
    {
        using TraceInput requests = TraceInput.Open(_workplace.Trace);
        Assert.False(new ConversationFormat(null).Recognises(requests.Sample()));
    }

    private string Write(string name, string text)
    {
        string path = _workplace.PathOf(name);
        using Stream file = File.Create(path);
        using Stream packed = name.EndsWith(".json.gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        packed.Write(Encoding.Latin1.GetBytes(text));
        return path;
    }
}
