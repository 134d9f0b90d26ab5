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

        Assert.True(new ConversationFormat(new()).Recognises(input.Sample()));
        Trace trace = new ConversationFormat(new()).Load(input, new());
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
    public async Task HalvesOfSurrogatePairsAreTakenAsTheyAreWritten()
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", Write("half.json", """{"messages": [{"role": "user", "content": "\ud83d?"}, {"role": "assistant", "content": "\udc00 yes", "x\ud800": 1}]}"""));

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
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
        Assert.Contains("above 0", impossible.Error, StringComparison.Ordinal);
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
    [InlineData("after conversation 1", "[" + ShareGpt + ", {\"conversations\"")]
    [InlineData("nothing to replay", "[{\"conversations\": [{\"from\": \"human\", \"value\": \"x\"}]}]")]
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
        Assert.False(new ConversationFormat(new()).Recognises(requests.Sample()));
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
