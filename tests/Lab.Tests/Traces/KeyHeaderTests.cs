namespace Squelch.Lab.Tests;

/// <summary>Headers as pandas, R, Excel and datasets write them.</summary>
public sealed class KeyHeaderTests
{
    [Theory]
    [InlineData(",time,key,size\n0,1,a,10\n1,2,b,20\n2,9,a,10\n")]
    [InlineData("Unnamed: 0,time,key,size\n0,1,a,10\n1,2,b,20\n2,9,a,10\n")]
    [InlineData("\"\",\"time\",\"key\",\"size\"\n\"1\",1,\"a\",10\n\"2\",2,\"b\",20\n\"3\",9,\"a\",10\n")]
    [InlineData("sep=;\r\ntime;key;size\r\n1;a;10\r\n2;b;20\r\n9;a;10\r\n")]
    [InlineData("\uFEFF\"sep=\t\"\r\ntime\tkey\tsize\r\n1\ta\t10\r\n2\tb\t20\r\n9\ta\t10\r\n")]
    [InlineData("req-time,obj-id,size(B)\n1,a,10\n2,b,20\n9,a,10\n")]
    public void WhatIsNoKeyIsLeftOut(string text)
    {
        Trace trace = KeyTraceText.Load(text);

        Assert.Equal("0:10 1:20 0:10", KeyTraceText.Sequence(trace));
        Assert.Equal([0, 1, 8], KeyTraceText.Times(trace));
    }

    [Theory]
    [InlineData("sep=;\na;10\nb;20\na;10\n", "0:10 1:20 0:10")]
    [InlineData(",key\n0,a\n1,b\n2,a\n", "0:1 1:1 0:1")]
    [InlineData(",name,size\n0,a,10\n1,b,20\n2,a,10\n", "0:10 1:20 0:10")]
    [InlineData("1\n2\n*\n1\n", "0:1 1:1 0:1")]
    [InlineData("{user}:1,10\n{user}:2,20\n{user}:1,10\n", "0:10 1:20 0:10")]
    [InlineData("key,prompt_tokens,completion_tokens\na,1,2\nb,1,2\na,1,2\n", "0:1 1:1 0:1")]
    public void KeysAreWhatTheyAre(string text, string expected) => Assert.Equal(expected, KeyTraceText.Sequence(text));

    [Theory]
    [InlineData("key,size,size\na,1,2\n", null, "two of its columns are called 'size'")]
    [InlineData("Key,key,size\na,b,2\n", null, "two of its columns are called 'Key'")]
    [InlineData("key,key,size\na,b,2\n", "key=key", "two of its columns are called 'key'")]
    [InlineData("time,key,size\n1,a,10\n2,b,20,77\n3,a,10\n", null, "line 3: it has 4 columns, and the header has 3")]
    [InlineData("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.68,374,44\n", null, "it tells how many tokens a request has (ContextTokens, GeneratedTokens), but not which")]
    [InlineData("Timestamp,Model,Request tokens,Response tokens\n5,ChatGPT,472,18\n", null, "it tells how many tokens a request has (Request tokens, Response tokens), but not which")]
    [InlineData("id,timestamp,input_tokens,output_tokens\n1,1,10,20\n", null, "it tells how many tokens a request has (input_tokens, output_tokens), but not which")]
    [InlineData("timestamp,input_length,hash_ids\n0,1024,\"[0, 1]\"\n", null, "its hash_ids say that it is a trace of blocks, which is not read as CSV")]
    public void AHeaderThatDoesNotTellIsRefused(string text, string? columns, string message) => Assert.Contains(message, KeyTraceText.ErrorOf(text, columns: columns), StringComparison.Ordinal);

    [Fact]
    public void AColumnOfTwoNamesCanBeGivenByItsNumber() => Assert.Equal("0:2 1:3", KeyTraceText.Sequence("key,key,size\na,x,2\na,y,3\n", columns: "key=1,size=2"));

    [Theory]
    [InlineData("time_ms,key,size_kb\n1,a,1\n2,b,2\n3,a,1\n", "key=key,time=time_ms,size=size_kb:KB", "0:1000 1:2000 0:1000")]
    [InlineData("time_ms,key,size\n1,a,1\n2,b,2\n3,a,1\n", "key=key,time=time_ms,size=size:MiB", "0:1048576 1:2097152 0:1048576")]
    public void UnitsCountWhoeverNamesTheColumn(string text, string columns, string expected)
    {
        Trace trace = KeyTraceText.Load(text, columns: columns);

        Assert.Equal(expected, KeyTraceText.Sequence(trace));
        Assert.Equal(0.002, KeyTraceText.Times(trace)[^1], 9);
    }

    [Theory]
    [InlineData("key=4+1,size=2:sectors,time=0:ms", "10,1,8,0,5\n9,1,8,0,5\n", "--columns key=4+1,size=2:sectors.")]
    [InlineData("key=0,time=1:us,op=2", "1,5,get\n2,6,nothing\n", "--columns key=0,time=1:us.")]
    public void WhatAMessageSuggestsKeepsTheUnits(string columns, string text, string suggestion) => Assert.EndsWith(suggestion, KeyTraceText.ErrorOf(text, columns: columns), StringComparison.Ordinal);

    [Theory]
    [InlineData("time;key;size\n1;a;1.000\n2;b;2.000\n", "line 2: the size is '1.000'. That is a thousand in some countries")]
    [InlineData("time,key\n0,a\n3600000000000,b\n", "request 2: the time is 3600000000000 seconds, 114077 years after the first, 0. Say the unit")]
    [InlineData("time,key\n1700000000,a\n1700000001500,b\n", "years after the first")]
    public void ANumberThatMayMeanTwoThingsIsRefused(string text, string message) => Assert.Contains(message, KeyTraceText.ErrorOf(text), StringComparison.Ordinal);

    [Fact]
    public void ZerosBehindTheBeginningAreRefused()
    {
        string lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"key{i % 7},10\n"));

        Assert.Contains("line 20001: it has bytes of zero", KeyTraceText.ErrorOf(lines + new string('\0', 3000)), StringComparison.Ordinal);
    }

    [Fact]
    public void TimesOfWindowsAreRightToTheMicrosecond()
    {
        Trace trace = KeyTraceText.Load("128166372003061629,hm,1,Read,383496192,32768,413\n128166372016382155,hm,1,Write,2822144000,65536,1000\n128166372026382245,hm,1,Read,383496192,32768,222\n");

        Assert.Equal(2.3320616, KeyTraceText.Times(trace)[^1], 6);
    }
}
