namespace Squelch.Lab.Tests;

/// <summary>Columns of costs and latencies.</summary>
public sealed class KeyCostTests
{
    [Theory]
    [InlineData("key,cost\n1,5\n2,0.25\n1,0\n", "5 0.25 0")]
    [InlineData("latency (ms);size;id\n12.5;7;a\n1e3;7;b\n", "12.5 1000")]
    [InlineData("key,size,response_time\n1,5,3\n2,5,4\n", "3 4")]
    [InlineData("key,op,penalty\na,get,3\nb,set,9\na,get,4\n", "3 4")]
    [InlineData("1,5,30\n2,5,40\n", "30 40", "key=0,cost=2")]
    [InlineData("7 2 30\n9 1 40\n", "30 30 40", "key=0,blocks=1,cost=2")]
    [InlineData("128166372003061629,hm,1,Read,383496192,32768,413\n128166372016382155,hm,0,Write,383496192,16384,400\n", "413 400", "msr")]
    public void ARequestCostsWhatItsColumnSays(string text, string costs, string? columns = null)
        => Assert.Equal(costs, Costs(KeyTraceText.Load(text, columns: columns)));

    [Fact]
    public void WithoutAColumnNoCostIsKnown()
        => Assert.All(KeyTraceText.Load("key,size\n1,5\n2,5\n").Requests, request => Assert.True(double.IsNaN(request.Cost)));

    [Fact]
    public void WhatIsEmptyCountsAsOneAndIsCounted()
    {
        Trace trace = KeyTraceText.Load("key,cost,size\n1,50,4\n2,,4\n1,,4\n");

        Assert.Equal("50 1 1", Costs(trace));
        Assert.Equal(["The cost of a miss is column cost.", "2 lines have no cost and count as 1."], trace.Notes);
    }

    [Theory]
    [InlineData("-5", "line 3: the cost is '-5'. It must be a number from 0 to 1E+22; for misses that all cost as much, leave the column out: --columns key=key")]
    [InlineData("NaN", "line 3: the cost is 'NaN'")]
    [InlineData("Infinity", "line 3: the cost is 'Infinity'")]
    [InlineData("1e400", "line 3: the cost is '1e400'")]
    [InlineData("2e22", "line 3: the cost is '2e22'")]
    [InlineData("12ms", "line 3: the cost is '12ms'")]
    [InlineData("00:01", "line 3: the cost is '00:01'")]
    public void WhatIsNoCostIsRefused(string cost, string message)
        => Assert.Contains(message, KeyTraceText.ErrorOf($"key,duration\n1,5\n2,{cost}\n"), StringComparison.Ordinal);

    [Fact]
    public void ALineThatEndsBeforeItsCostIsRefused()
        => Assert.Contains("line 3: the cost is missing: it has 2 of 3 columns", KeyTraceText.ErrorOf("time,key,cost\n1,1,5\n2,2\n"), StringComparison.Ordinal);

    [Fact]
    public void StreamsTellThem()
        => Assert.Equal([5, 7], KeyTraceReader.ReadCsv(TraceText.Stream("key,cost\n1,5\n2,7\n"), "k.csv").Select(request => request.Cost));

    [Fact]
    public void TheTraceTellsItsTotalAndQuantiles()
    {
        string text = "key,cost\n" + string.Concat(Enumerable.Range(0, 101).Select(cost => $"{cost % 7},{cost}\n"));
        Assert.Equal(new TraceCosts(Total: 5050, P50: 50, P90: 90, P99: 99), TraceInfo.Of(KeyTraceText.Load(text)).Costs);
        Assert.Null(TraceInfo.Of(KeyTraceText.Load("1,5\n2,5\n")).Costs);
    }

    private static string Costs(Trace trace) => string.Join(' ', trace.Requests.Select(request => request.Cost.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
