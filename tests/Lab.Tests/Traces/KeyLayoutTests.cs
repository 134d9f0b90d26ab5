using System.Text;

namespace Squelch.Lab.Tests;

/// <summary>Which column is what, and what separates them.</summary>
public sealed class KeyLayoutTests
{
    private const string Requests = "0:100 1:200 0:100 2:300";

    /// <summary>libCacheSim, its C headers, pandas, disks, CacheLib and others: each in its own order.</summary>
    [Theory]
    [InlineData("time,obj_id,obj_size\n1,7,100\n2,8,200\n3,7,100\n4,9,300\n")]
    [InlineData("obj_id,obj_size,time\n7,100,1\n8,200,2\n7,100,3\n9,300,4\n")]
    [InlineData("#time, object, size, next_access_vtime\n1,7,100,3\n2,8,200,-1\n3,7,100,-1\n4,9,300,-1\n")]
    [InlineData("clock_time,obj_id,obj_size,next_access_vtime\n1,7,100,3\n2,8,200,-1\n3,7,100,-1\n4,9,300,-1\n")]
    [InlineData("version,time,op,size,lbn\n1,1,2a,100,7\n1,2,2a,200,8\n1,3,28,100,7\n1,4,2a,300,9\n")]
    [InlineData("Size (bytes),Timestamp,ID\n100,1,7\n200,2,8\n100,3,7\n300,4,9\n")]
    [InlineData("TS\tKey\tBYTES\n1\t7\t100\n2\t8\t200\n3\t7\t100\n4\t9\t300\n")]
    [InlineData("time;key;size\n1;7;100\n2;8;200\n3;7;100\n4;9;300\n")]
    [InlineData("time|key|size\n1|7|100\n2|8|200\n3|7|100\n4|9|300\n")]
    [InlineData("time key size\n1  7 100\n2  8 200\n3  7 100\n4  9 300\n")]
    [InlineData("\"time\",\"key\",\"size\"\n\"1\",\"7\",\"100\"\n\"2\",\"8\",\"200\"\n\"3\",\"7\",\"100\"\n\"4\",\"9\",\"300\"\n")]
    [InlineData("\uFEFFtime,key,size\r\n1,7,100\r\n2,8,200\r\n3,7,100\r\n4,9,300\r\n")]
    [InlineData("time,key,size\r1,7,100\r2,8,200\r3,7,100\r4,9,300")]
    [InlineData("op_time,key,key_size,op,op_count,size,cache_hits,ttl\n1,7,40,GET,1,60,1,0\n2,8,40,GET,1,160,1,0\n3,7,40,GET_LEASE,1,60,1,0\n4,9,40,GET,1,260,1,0\n")]
    [InlineData("timestamp,anonymized key,key size,value size,client id,operation,TTL\n1,a,40,60,1,get,0\n2,b,40,160,1,gets,0\n3,a,40,60,1,get,0\n4,c,40,260,1,get,0\n")]
    [InlineData("timestamp,cacheKey,OpType,objectSize,responseSize,TTL\n1,a,1,100,5,9\n2,b,1,200,5,9\n3,a,1,100,6,9\n4,c,1,300,5,9\n")]
    [InlineData("user,bytes\nx,100\ny,200\nx,100\nz,300\n")]
    public void AHeaderNamesTheColumns(string text) => Assert.Equal(Requests, KeyTraceText.Sequence(text));

    [Theory]
    [InlineData("block_id\n1\n2\n1\n", "0:1 1:1 0:1")]
    [InlineData("blocknr\n1\n2\n1\n", "0:1 1:1 0:1")]
    [InlineData("# made by hand\nkey,size\n1,5\n2,5\n# again\n1,5\n", "0:5 1:5 0:5")]
    [InlineData("page\nitem\npage\n", "0:1 1:1 0:1")]
    public void AFirstLineOfNamesIsNoRequest(string text, string expected) => Assert.Equal(expected, KeyTraceText.Sequence(text));

    [Theory]
    [InlineData("7\t100\t1\n8\t200\t2\n7\t100\t3\n9\t300\t4\n", "tabs")]
    [InlineData("7;100;1\n8;200;2\n7;100;3\n9;300;4\n", "semicolons")]
    [InlineData("7;100;0.5\n8;200;0.5\n7;100;1.5\n9;300;2.5\n", "semicolons")]
    [InlineData("7|100|1\n8|200|2\n7|100|3\n9|300|4\n", "bars")]
    [InlineData(" 7 100   1\n 8 200   2\n 7 100   3\n 9 300   4\n", "spaces")]
    [InlineData("a,b\t100\t1\nc,d\t200\t2\na,b\t100\t3\ne\t300\t4\n", "tabs")]
    public void SeparatorsAreFoundAndNamed(string text, string word)
    {
        Trace trace = KeyTraceText.Load(text);

        Assert.Equal(Requests, KeyTraceText.Sequence(trace));
        Assert.Equal($"keys (CSV with {word}: key, size, time)", trace.Format);
    }

    /// <summary>Without a header the documented order holds, unless the values can be nothing but time, key, size.</summary>
    [Theory]
    [InlineData("7,100,1\n8,200,2\n7,100,3\n9,300,4\n", "keys (CSV: key, size, time)", Requests)]
    [InlineData("1,100,1\n2,200,2\n3,100,3\n4,300,4\n", "keys (CSV: key, size, time)", "0:100 1:200 2:100 3:300")]
    [InlineData("1,4096,0\n2,8192,0\n3,4096,0\n4,4096,0\n", "keys (CSV: key, size, time)", "0:4096 1:8192 2:4096 3:4096")]
    [InlineData("1,7,100\n2,8,200\n3,7,100\n4,9,300\n", "keys (CSV: time, key, size)", Requests)]
    [InlineData("1,7,100\n2,8,100\n3,7,100\n4,9,100\n", "keys (CSV: time, key, size)", "0:100 1:100 0:100 2:100")]
    [InlineData("0.5,a,100\n0.6,b,200\n0.7,a,100\n0.8,c,300\n", "keys (CSV: time, key, size)", Requests)]
    [InlineData("2024-05-01T10:00:00Z,7,100\n2024-05-01T10:00:01Z,8,200\n2024-05-01T10:00:02Z,7,100\n2024-05-01T10:00:02Z,9,300\n", "keys (CSV: time, key, size)", Requests)]
    [InlineData("1700000000 7 100\n1700000000 8 200\n1700000001 7 100\n1700000002 9 300\n", "keys (CSV with spaces: time, key, size)", Requests)]
    [InlineData("1700000000,7\n1700000001,8\n1700000002,7\n", "keys (CSV: time, key)", "0:1 1:1 0:1")]
    [InlineData("1.5,a\n1.6,b\n1.7,a\n", "keys (CSV: time, key)", "0:1 1:1 0:1")]
    [InlineData("1.0,5\n1,5\n", "keys (CSV: key, size)", "0:5 1:5")]
    public void ValuesTellTheOrder(string text, string format, string expected)
    {
        Trace trace = KeyTraceText.Load(text);

        Assert.Equal(format, trace.Format);
        Assert.Equal(expected, KeyTraceText.Sequence(trace));
    }

    /// <summary>The layouts that caches and disks were published in.</summary>
    [Theory]
    [InlineData("1,k1,4,100,1,get,0\n2,k2,4,200,0,get,0\n2,k1,4,100,0,set,60\n4,k1,4,100,1,gets,0\n", "twitter", "0:104 1:204 0:104")]
    [InlineData("5 3 0 0\n6 1 0 1\n100 2 0 2\n5 1 0 3\n", "lis", "0:1 1:1 2:1 1:1 3:1 4:1 0:1")]
    [InlineData("128166372003061629,hm,1,Read,383496192,32768,413\n128166372016382155,hm,0,Write,383496192,16384,400\n128166372026382245,hm,1,Write,383496192,32768,412\n", "msr", "0:32768 1:16384 0:32768")]
    [InlineData("419,W,8792731648,16384,1577808000000046\n419,R,1,4096,1577808000000050\n420,R,8792731648,4096,1577808000000060\n419,R,8792731648,16384,1577808000000146\n", "alibaba", "0:16384 1:4096 2:4096 0:16384")]
    [InlineData("1538323200,12910952,128,0,1063\n1538323200,6338688,8,1,1627\n1538323200,1904106400,384,0,1360\n1538323201,12910952,128,0,1063\n", "tencent", "0:65536 1:4096 2:196608 0:65536")]
    public void PublishedLayoutsAreKnownByTheirShape(string text, string layout, string expected)
    {
        Trace trace = KeyTraceText.Load(text, "trace.csv");

        Assert.Equal(expected, KeyTraceText.Sequence(trace));
        Assert.Contains($" of {layout}: ", trace.Format, StringComparison.Ordinal);
        Assert.Equal(expected, KeyTraceText.Sequence(text, "trace.csv", layout));
        Assert.Equal(expected, KeyTraceText.Sequence(text, "trace"));
    }

    [Fact]
    public void AzuresBlobsAreKnownByTheirHeader()
    {
        const string Text = """
            Timestamp,AnonRegion,AnonUserId,AnonAppName,AnonFunctionInvocationId,AnonBlobName,BlobType,AnonBlobETag,BlobBytes,Read,Write
            1605000000000,r,u,a,i1,blob-a,BlockBlob/text,e1,30.0,True,False
            1605000000500,r,u,a,i2,blob-b,BlockBlob/text,e2,20.0,False,True
            1605000001000,r,u,a,i3,blob-a,BlockBlob/text,e1,30.0,True,False
            1605000002000,r,u,a,i4,blob-c,BlockBlob/text,e3,,True,False
            """;
        List<string> notes = [];
        Trace trace = KeyTraceText.Load(Text, "azure.csv", notes: notes);

        Assert.Equal("0:30 0:30 1:1", KeyTraceText.Sequence(trace));
        Assert.Equal([0, 1, 2], KeyTraceText.Times(trace));
        Assert.Contains(" of azure: time=Timestamp in ms, key=AnonBlobName, size=BlobBytes, op=Read; not used: ", trace.Format, StringComparison.Ordinal);
        Assert.Equal(["Left out what is no lookup: 1 false.", "1 lines have no size and count as 1 byte."], notes);
        Assert.Equal("0:30 0:30 1:1", KeyTraceText.Sequence(Text, "azure", "azure"));
    }

    /// <summary>op_count says how often; the key's bytes count, too; what is set is no lookup.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("cachelib")]
    public void CacheLibsLinesStandForSeveralRequests(string? columns)
    {
        List<string> notes = [];
        Trace trace = KeyTraceText.Load("key,op,size,op_count,key_size\n7,GET,82,2,40\n7,SET,82,1,40\n8,GET,0,1,40\n7,DELETE,0,1,40\n", columns: columns, notes: notes);

        Assert.Equal("0:122 0:122 1:40", KeyTraceText.Sequence(trace));
        Assert.Equal(["Left out what is no lookup: 1 set, 1 delete."], notes);
    }

    [Theory]
    [InlineData("time=0,key=1,size=2", "1,7,100\n2,8,200\n1e1,7,100\n11,9,300\n")]
    [InlineData("size=2,key=1,time=0", "1 7 100\n2 8 200\n3 7 100\n4 9 300\n")]
    [InlineData("key=ID, size=weight", "weight,x,id\n100,1,7\n200,2,8\n100,3,7\n300,4,9\n")]
    [InlineData("key=1,size=2,time=0", "when,what,much\n1,7,100\n2,8,200\n3,7,100\n4,9,300\n")]
    [InlineData("key=5,size=1", "x;100;a;b;c;7;d\nx;200;a;b;c;8;d\nx;100;a;b;c;7;d\nx;300;a;b;c;9;d\n")]
    [InlineData("key=0+1,size=2", "a,b,100\nab,,200\na,b,100\n,ab,300\n")]
    public void UsersNameColumns(string columns, string text)
    {
        text = columns == "key=0+1,size=2" ? text.Replace("ab,,", "ab,x,", StringComparison.Ordinal).Replace("\n,ab", "\nx,ab", StringComparison.Ordinal) : text;
        Assert.Equal(Requests, KeyTraceText.Sequence(text, "trace", columns));
    }

    [Fact]
    public void SizesMayBeInKibibytesAndSectors()
    {
        Assert.Equal("0:2048 1:1024", KeyTraceText.Sequence("1,2\n2,1\n", columns: "key=0,size=1:KiB"));
        Assert.Equal("0:1024 1:512", KeyTraceText.Sequence("1,2\n2,1\n", columns: "key=0,size=1:sectors"));
    }

    /// <summary>Names of files say little: text keys stand in files of any name where their lines agree.</summary>
    [Theory]
    [InlineData("keys", "user:1,5\nuser:2,6\nuser:1,5\n", "0:5 1:6 0:5")]
    [InlineData("k.txt", "user:1,5\nuser:2,6\nuser:1,5\n", "0:5 1:6 0:5")]
    [InlineData("k.txt", "user:1\nuser:2\nuser:1\n", "0:1 1:1 0:1")]
    [InlineData("k.dat", "user:1\nuser:2\nuser:1\n", "0:1 1:1 0:1")]
    [InlineData("log", "17\n18\n17\n", "0:1 1:1 0:1")]
    [InlineData("k.lis", "17 2 0 0\n", "0:1 1:1")]
    public void FilesOfAnyNameAreRecognised(string name, string text, string expected) => Assert.Equal(expected, KeyTraceText.Sequence(text, name));

    [Fact]
    public void TextsOf16BitsAreRead() => Assert.Equal("0:5 1:5 0:5", KeyTraceText.Sequence(KeyTraceText.Load([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("1,5\n2,5\n1,5\n")])));

    [Theory]
    [InlineData("Dear all,\nthe traces are here, as always.\nBest\n")]
    [InlineData("# Title\n\nSome words.\nMore words.\n")]
    [InlineData("2024-05-01 10:00:00 INFO started on port 80\n2024-05-01 10:00:01 INFO ready\n")]
    public void ProseIsNoTrace(string text) => Assert.Contains("unknown trace format", KeyTraceText.ErrorOf(text, "notes"), StringComparison.Ordinal);

    [Theory]
    [InlineData("1,2,3,4\n5,6,7,8\n", null, "its lines have 4 columns between commas and no header that names them; the first is '1,2,3,4'. Say which is which, as in --columns time=0,key=1,size=2")]
    [InlineData("colour,shape,count\nred,round,1\nblue,flat,2\n", null, "none of its columns is known as the key: colour, shape, count")]
    [InlineData("a,get\nb,put\n", null, "the second is no size: 'get'")]
    [InlineData("1,2\n", "key=7", "there is no column 7: its lines have 2 columns between commas")]
    [InlineData("1,2\n", "key=obj", "there is no column 'obj', since it has no header")]
    [InlineData("key,size\n1,2\n", "key=obj", "there is no column 'obj': its header has key, size")]
    [InlineData("1:2\n2:3\n", "key=0,size=1", "there is no column 1: its lines have 1 column, no comma, tab, semicolon or bar")]
    [InlineData("{\"ts\":1,\"input_tokens\":[1],\"output_tokens\":[]}\n", "key=0", "Leave --columns out")]
    [InlineData("#1,2\n#2,3\n", null, "lines that begin with # are comments")]
    [InlineData("", null, "the trace has no requests")]
    public void WhatIsNotUnderstoodIsRefusedWithARemedy(string text, string? columns, string message)
        => Assert.Contains(message, KeyTraceText.ErrorOf(text, columns: columns), StringComparison.Ordinal);

    /// <summary>A table is not taken for another format: what is said is about its columns.</summary>
    [Fact]
    public void TablesOfOtherNamesAreRefusedInTheSameWords()
        => Assert.Contains("--columns", KeyTraceText.ErrorOf("1\t2\t3\t4\t5\n6\t7\t8\t9\t10\n", "table"), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "it is no layout")]
    [InlineData("time=0", "does not say which column is the key")]
    [InlineData("zipf", "it is no layout; known are lis, twitter, cachelib, msr, azure, alibaba, tencent")]
    [InlineData("key=0,hash=1", "'hash=1' is none of key=, size=, time=")]
    [InlineData("key=0,key=1", "says key twice")]
    [InlineData("key=", "names no column")]
    [InlineData("key=999999", "names no column")]
    [InlineData("key=0,time=1:weeks", "'weeks' is no unit of time")]
    [InlineData("key=0,time=1+2", "joins columns")]
    [InlineData("key=0,1=1", "'1=1' is none of")]
    public void ColumnsThatCannotBeAreRefused(string columns, string message)
        => Assert.Contains(message, Assert.Throws<SquelchException>(() => KeyColumns.Parse(columns)).Message, StringComparison.Ordinal);

    [Fact]
    public void WhereNoKeyComesTwiceAnotherOrderIsNamed()
    {
        List<string> notes = [];
        KeyTraceText.Load("1,7\n2,8\n3,7\n4,9\n", notes: notes);
        KeyTraceText.Load("id,url,size\n1,a,5\n2,b,5\n3,a,5\n", notes: notes);

        Assert.Equal(
            [
                "No key comes twice, read as key=0,size=1; other columns do: maybe they are --columns time=0,key=1.",
            ],
            notes);
    }

    [Fact]
    public void WhatIsUsedAndWhatIsNotIsSaid()
    {
        List<string> notes = [];
        Trace trace = KeyTraceText.Load("key,size_kb,latency_ms\n1,5,2.5\n# pause\n1,5,2.5\n", notes: notes);

        Assert.Equal("keys (CSV: key=key, cost=latency_ms; not used: size_kb)", trace.Format);
        Assert.Equal(
            [
                "1 lines between the requests begin with # or are a *, and are left out as comments; put such keys into quotation marks.",
                "The cost of a miss is column latency_ms.",
                "Column size_kb is not known to be a size in bytes, so that every key counts as 1; if it is, say so: --columns key=key,cost=latency_ms,size=size_kb:KB.",
            ],
            notes);
    }
}
