using Squelch.Policies;

namespace Squelch.Lab.Tests;

/// <summary>Keys, sizes and times as they are written.</summary>
public sealed class KeyValueTests
{
    /// <summary>Texts stay texts: only whole numbers as they are usually written are numbers.</summary>
    [Theory]
    [InlineData("007", "7", "0x7", "7.0", "+7", "7e0", "-7")]
    [InlineData("0xFF", "255", "0xff", "255.0")]
    [InlineData("1e3", "1000", "01000", "1000.0")]
    [InlineData("0", "00", "-0", "a", "A", "a a")]
    [InlineData("9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "99999999999999999999999999")]
    public void OtherTextsAreOtherKeys(params string[] keys)
    {
        Trace trace = KeyTraceText.Load(string.Concat(keys.Concat(keys).Select(key => $"{key},5\n")));

        Assert.Equal(Enumerable.Range(0, keys.Length).Concat(Enumerable.Range(0, keys.Length)), trace.Requests.Select(request => request.Pages.Span[0]));
    }

    /// <summary>A text is never the key of a number, whatever the number.</summary>
    [Fact]
    public void TextsHaveKeysOfTheirOwn()
    {
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\n0{i}\nkey{i}\n{i}.0\n"));
        KeyRequest[] requests = [.. KeyTraceReader.ReadCsv(TraceText.Stream(text), "k.csv")];

        Assert.Equal(80_000, requests.Select(request => request.Key).Distinct().Count());
        for (int i = 0; i < requests.Length; i++)
        {
            Assert.True(i % 4 == 0 ? requests[i].Key == (ulong)i / 4 : requests[i].Key >= 1UL << 63);
        }
    }

    [Theory]
    [InlineData("\"k1\",5\nk2,6\nk1,5\n", "0:5 1:6 0:5")]
    [InlineData("\"a,b\",5\n\"c\",6\n\"a,b\",5\n", "0:5 1:6 0:5")]
    [InlineData("\"say \"\"a\"\"\",5\n\"say a\",6\n\"say \"\"a\"\"\" , 5 \n", "0:5 1:6 0:5")]
    [InlineData("\"1\",\"100\",\"0.5\"\n\"2\",\"100\",\"1.5\"\n\"1\",\"100\",\"2.5\"\n", "0:100 1:100 0:100")]
    [InlineData("\"#1\",5\n\"#2\",6\n\"#1\",5\n", "0:5 1:6 0:5")]
    [InlineData("7\"8,5\n7,6\n7\"8,5\n", "0:5 1:6 0:5")]
    [InlineData("\"7\"\t5\n8\t\"6\"\n7\t5\n", "0:5 1:6 0:5")]
    [InlineData("1,5,1,\n2,5,2,\n", "0:5 1:5")]
    [InlineData("-5,5\n-5,5\n", "0:5 0:5")]
    [InlineData("1,100.0\n2,1e2\n1,100\n", "0:100 1:100 0:100")]
    public void FieldsAreReadAsTheyAreMeant(string text, string expected) => Assert.Equal(expected, KeyTraceText.Sequence(text));

    [Theory]
    [InlineData("1,5\n\"2,5\n1,5\n", "line 2: a quotation mark is not closed")]
    [InlineData("1,5\n\"2\"3,5\n1,5\n", "line 2: a quotation mark is not closed")]
    [InlineData("1,5\n2,-5\n", "line 2: the size is '-5'. It must be a number of 0 or more")]
    [InlineData("1,5\n2,100.5\n", "line 2: the size is '100.5'. It must be a whole number")]
    [InlineData("1,5\n2,0\n", "line 2: the size is '0'. It must be a whole number from 1 to 2147483647 bytes where sizes count; count every key as 1 (--unit-sizes)")]
    [InlineData("1,3000000000,0\n", "line 1: the size is '3000000000'. It must be a whole number from 1 to 2147483647 bytes where sizes count; count every key as 1 (--unit-sizes)")]
    [InlineData("1,5\n2,abc\n3,5\n", "line 2: the size is 'abc'")]
    [InlineData("1,5\n,5\n", "line 2: the key is missing")]
    [InlineData("1,5,1\n2,5,1e999\n", "line 2: the time is '1e999'")]
    [InlineData("1,5,1\n2,5,soon\n", "line 2: the time is 'soon'")]
    [InlineData("key,time\n1,1\n2\n", "line 3: the time is missing: it has 1 of 2 columns")]
    [InlineData("key,time,size\n1,1,5\n2,2\n", "line 3: the size is missing: it has 2 of 3 columns")]
    [InlineData("key,size\n1,5\n1,2,5\n1,5\n1,5\n1,5\n1,5\n1,5\n1,5\n1,5\n1,5\n1,5\n", "line 3: it has 3 columns, and the header has 2")]
    [InlineData("key,op\n1,get\n2,set\n3,get\n4,got\n", "line 5: the operation is 'got'", "key=key,op=op")]
    [InlineData("5 0 0 0\n", "the number of requests is '0'", "lis")]
    [InlineData("a 1 0 0\nb 1 0 1\n", "the first block is 'a'", "lis")]
    public void AFaultNamesItsLine(string text, string message, string? columns = null) => Assert.Contains(message, KeyTraceText.ErrorOf(text, columns: columns), StringComparison.Ordinal);

    [Theory]
    [InlineData("1,0\n2,5\n1,0\n", "0:1 1:1 0:1")]
    [InlineData("1,3000000000,0\n1,3000000000,1\n", "0:1 0:1")]
    [InlineData("1,2.5\n1,1e15\n", "0:1 0:1")]
    public void SizesMayBeAnyNumberWhereTheyDoNotCount(string text, string expected) => Assert.Equal(expected, KeyTraceText.Sequence(text, unitSizes: true));

    [Fact]
    public void WhatIsNoNumberIsNoSizeEvenWhereSizesDoNotCount()
        => Assert.Contains("line 2: the size is 'x'", KeyTraceText.ErrorOf("1,5\n2,x\n", unitSizes: true), StringComparison.Ordinal);

    [Theory]
    [InlineData("1,1,10\n2,1,12.5\n", 2.5)]
    [InlineData("1,1,-3\n2,1,-2\n", 1)]
    [InlineData("1,1,1700000000\n2,1,1700000060\n", 60)]
    [InlineData("1,1,1700000000000\n2,1,1700000060000\n", 60)]
    [InlineData("1,1,1700000000000000\n2,1,1700000060000000\n", 60)]
    [InlineData("1,1,1700000000000000000\n2,1,1700000060000000000\n", 60)]
    [InlineData("1,1,128166372003061629\n2,1,128166372603061629\n", 60)]
    [InlineData("1,1,2024-05-01T10:00:00Z\n2,1,2024-05-01T10:01:00Z\n", 60)]
    [InlineData("1,1,2024-05-01 10:00:00.5\n2,1,2024-05-01 10:00:01\n", 0.5)]
    [InlineData("1,1,2024-05-01T10:00:00+02:00\n2,1,2024-05-01T10:00:00Z\n", 7200)]
    [InlineData("key,time_ms\n1,10\n2,2010\n", 2)]
    [InlineData("key,timestamp (us)\n1,10\n2,2000010\n", 2)]
    [InlineData("key,ts_ns\n1,0\n2,2000000000\n", 2)]
    [InlineData("1,1,0\n2,1,2000\n", 2, "key=0,size=1,time=2:ms")]
    public void TimesAreSeconds(string text, double seconds, string? columns = null)
        => Assert.Equal(seconds, KeyTraceText.Times(KeyTraceText.Load(text, columns: columns))[1], 1e-6);

    [Fact]
    public void TimesThatFallAreRefusedWithTheWayToLeaveThemOut()
    {
        string message = KeyTraceText.ErrorOf("7,100,5\n8,100,3\n7,100,4\n");

        Assert.Equal("k.csv: request 2: the time is 3, less than 5 on the request before. Requests stand in order of arrival: sort them by time, or leave the times out: --columns key=0,size=1.", message);
        Assert.Equal("0:100 1:100 0:100", KeyTraceText.Sequence("7,100,5\n8,100,3\n7,100,4\n", columns: "key=0,size=1"));
    }

    [Fact]
    public void LinesWithoutASizeAreCounted()
    {
        List<string> notes = [];

        Assert.Equal("0:100 1:1", KeyTraceText.Sequence(KeyTraceText.Load("7,100\n8\n", notes: notes)));
        Assert.Equal(["1 lines have no size and count as 1 byte."], notes);
    }

    /// <summary>What a cache holds of a key is what it was last asked for with; no more is hit than was asked for.</summary>
    [Theory]
    [InlineData("1,200\n1,100\n1,100\n", 1000, 200)]
    [InlineData("1,100\n1,200\n1,200\n", 1000, 300)]
    [InlineData("1,100\n1,200\n1,200\n", 150, 100)]
    public void AKeyThatChangesItsSizeHitsWhatIsThere(string text, long capacity, long hit)
    {
        ReplayResult result = Replay.Run<Lru>(KeyTraceText.Load(text), new() { CapacityBytes = capacity });

        Assert.Equal(hit, result.HitTokens);
    }

    [Fact]
    public void TheReaderTakesColumnsAndUnitSizes()
    {
        Assert.Equal(
            [new(7, 100, 1), new(8, 1, 2)],
            KeyTraceReader.ReadCsv(TraceText.Stream("1;7;100\n2;8;1\n"), "k", KeyColumns.Parse("time=0,key=1,size=2")));
        Assert.Equal([new(7, 1, 0)], KeyTraceReader.ReadCsv(TraceText.Stream("7,0\n"), "k.csv", unitSizes: true));
    }

    /// <summary>The fields of lines are cut without garbage.</summary>
    [Fact]
    public void LinesAllocateNothing()
    {
        Allocated(10_000);
        Assert.InRange(Allocated(20_000) - Allocated(10_000), -10_000, 10_000);

        static long Allocated(int lines)
        {
            byte[] text = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(i => $"user:{i % 100},\"{1 + (i % 7)}\",{i / 10.0:0.0}\n")));
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (KeyRequest _ in KeyTraceReader.ReadCsv(new MemoryStream(text), "k.csv"))
            {
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
