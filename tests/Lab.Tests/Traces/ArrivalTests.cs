namespace Squelch.Lab.Tests.Traces;

/// <summary>When requests arrive, and whose they are, in the ways that files say it.</summary>
public sealed class ArrivalTests
{
    /// <summary>Bailian's traces: seconds, and blocks of 16 tokens that no field names; chats that go on are sessions.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",\"block_size\":16")]
    public void BailiansTimesAreSeconds(string blockSize)
    {
        List<Request> requests = Read($$"""
            {"chat_id":0,"parent_chat_id":-1,"timestamp":0.0,"input_length":40,"output_length":10,"type":"text","turn":1,"hash_ids":[1,2,100]{{blockSize}}}
            {"chat_id":1,"parent_chat_id":0,"timestamp":30.5,"input_length":40,"output_length":10,"type":"text","turn":2,"hash_ids":[1,2,101]{{blockSize}}}
            {"chat_id":2,"parent_chat_id":-1,"timestamp":61.0,"input_length":40,"output_length":10,"type":"text","turn":1,"hash_ids":[7,8,102]{{blockSize}}}
            {"chat_id":3,"parent_chat_id":1,"timestamp":213.5,"input_length":40,"output_length":10,"type":"text","turn":3,"hash_ids":[1,2,103]{{blockSize}}}
            """);

        Assert.Equal([0, 30.5, 61, 213.5], requests.Select(request => request.Time));
        Assert.Equal([0, 0, 2, 0], requests.Select(request => request.Session));
    }

    [Theory]
    [InlineData(1_745_000_000.25, 1_745_000_010.25)]
    [InlineData(1_745_000_000_250, 1_745_000_010_250)]
    [InlineData(1_745_000_000_250_000, 1_745_000_010_250_000)]
    [InlineData(1_745_000_000_250_000_000, 1_745_000_010_250_000_000)]
    public void TimesSince1970TellTheirUnit(double first, double second)
    {
        foreach (string format in (string[])["{\"ts\":TIME,\"input_tokens\":[1],\"output_tokens\":[]}", "{\"timestamp\":TIME,\"input_length\":4,\"hash_ids\":[1],\"block_size\":4}"])
        {
            string text = string.Join('\n', new[] { first, second }.Select(time => format.Replace("TIME", time.ToString("F2", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));

            Assert.Equal(10, Read(text)[1].Time, 3);
        }
    }

    [Fact]
    public void DatesAreTimes()
    {
        List<Request> requests = Read("""
            {"timestamp":"2024-05-01T10:00:00Z","input_length":4,"hash_ids":[1],"block_size":4}
            {"timestamp":"2024-05-01T12:00:01.5+02:00","input_length":4,"hash_ids":[1],"block_size":4}
            {"timestamp":"2024-05-01 10:00:03","input_length":4,"hash_ids":[1],"block_size":4}
            """);

        Assert.Equal([0, 1.5, 3], requests.Select(request => request.Time));
    }

    /// <summary>Files in which a session stands together: later requests say how long after the one before they come.</summary>
    [Fact]
    public void DelaysCountFromTheSessionsRequestBefore()
    {
        Trace trace = TraceReader.Load(
            TraceText.Stream("""
                {"session_id":"a","timestamp":0,"input_length":4,"hash_ids":[1],"block_size":4}
                {"session_id":"a","delay":5000,"input_length":8,"hash_ids":[1,2],"block_size":4}
                {"session_id":"a","timestamp":null,"delay":1000,"input_length":12,"hash_ids":[1,2,3],"block_size":4}
                {"session_id":"b","timestamp":2000,"input_length":4,"hash_ids":[9],"block_size":4}
                {"session_id":"b","delay":500,"input_length":8,"hash_ids":[9,8],"block_size":4}
                """),
            "t.jsonl");

        Assert.Equal([0, 2, 2.5, 5, 6], trace.Requests.Select(request => request.Time));
        Assert.Equal([4, 4, 8, 8, 12], trace.Requests.Select(request => request.InputTokens));
        Assert.Equal(2, TraceInfo.Of(trace).Sessions);
    }

    [Fact]
    public void SessionsMayBeNamed()
    {
        List<Request> requests = Read("""
            {"ts":0,"session_id":"a-1","input_tokens":[1],"output_tokens":[]}
            {"ts":0,"session_id":"b","input_tokens":[1],"output_tokens":[]}
            {"ts":0,"session_id":7,"input_tokens":[1],"output_tokens":[]}
            {"ts":0,"session_id":"a-1","input_tokens":[1],"output_tokens":[]}
            {"ts":0,"session_id":4503599627370496,"input_tokens":[1],"output_tokens":[]}
            {"ts":0,"session_id":null,"input_tokens":[1],"output_tokens":[]}
            """);

        Assert.Equal(requests[0].Session, requests[3].Session);
        Assert.Equal((7, -1), (requests[2].Session, requests[5].Session));
        Assert.Equal(5, requests.Select(request => request.Session).Distinct().Count());
    }

    [Theory]
    [InlineData("{\"ts\":0,\"delay\":-1,\"input_tokens\":[1],\"output_tokens\":[]}", "delay is -1, which is negative")]
    [InlineData("{\"ts\":\"soon\",\"input_tokens\":[1],\"output_tokens\":[]}", "or a date as 2024-05-01T10:00:00Z")]
    [InlineData("{\"timestamp\":0,\"input_length\":40,\"hash_ids\":[1,2,3]}", "a block_size from 14 to 19 would fit")]
    public void WhatCannotBeIsNamed(string line, string fault) => Assert.Contains(fault, TraceText.ErrorOf(line), StringComparison.Ordinal);

    private static List<Request> Read(string text) => TraceText.Read(text);
}
