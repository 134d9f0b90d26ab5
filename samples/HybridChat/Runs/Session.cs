using System.Collections.Immutable;
using Squelch;
using Squelch.Lab;

namespace HybridChat;

/// <summary>One run of the program, from its command line to its exit code.</summary>
internal static class Session
{
    /// <exception cref="SquelchException">The model or the trace cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; all native memory is freed.</exception>
    public static int Run(Arguments arguments, CancellationToken cancellation)
    {
        string path = arguments.Model ?? arguments.SaveModel ?? Path.Combine(Path.GetTempPath(), $"tiny-hybrid-{Guid.NewGuid():N}.gguf");
        try
        {
            if (arguments.Model is null)
            {
                TinyHybrid.Write(path, arguments.Architecture ?? TinyHybrid.Granite);
            }

            using var model = new LlamaModel(path);
            Trace trace = Load(arguments, model);
            if (arguments.Capacity < model.Shape.LeastBytes)
            {
                throw new SquelchException($"--capacity: {arguments.Capacity:N0} bytes cannot hold one checkpoint and one token of {model.Shape.Name}; it needs at least {model.Shape.LeastBytes:N0}");
            }

            Console.WriteLine($"{model.Shape.Name}: a checkpoint of {model.Shape.CheckpointBytes:N0} bytes, {model.Shape.KvBytesPerToken:N0} bytes of KV per token");
            Console.WriteLine($"{trace.Name}: {trace.Requests.Count} requests, {trace.Requests.Sum(request => (long)request.InputTokens):N0} tokens of prompts; cache of {arguments.Capacity:N0} bytes");
            Console.WriteLine();
            return arguments.Check ? Check(arguments, model, trace, cancellation) : Measure(arguments, model, trace, cancellation);
        }
        finally
        {
            if (arguments.Model is null && arguments.SaveModel is null)
            {
                File.Delete(path);
            }
        }
    }

    private static Trace Load(Arguments arguments, LlamaModel model)
    {
        Trace trace = TraceReader.Load(arguments.Trace);
        if (trace.PageTokens != 1 || trace.Model is not null)
        {
            throw new SquelchException($"{arguments.Trace}: its requests are blocks or keys, which no model can compute. Give a trace of token ids.");
        }

        trace = trace with { Requests = [.. trace.Requests.Take(arguments.Requests)] };
        int largest = trace.Requests.Max(request => request.Pages.ToArray().DefaultIfEmpty().Max());
        return largest < model.Vocabulary
            ? trace
            : throw new SquelchException($"{arguments.Trace}: token {largest} is not in the model's vocabulary of {model.Vocabulary}. Give a trace of the model's own token ids.");
    }

    private static int Check(Arguments arguments, LlamaModel model, Trace trace, CancellationToken cancellation)
    {
        using var context = new LlamaContext(model, arguments.InFlight, arguments.Context, arguments.Threads);
        using var cold = new LlamaContext(model, 1, arguments.Context, arguments.Threads);
        bool fails = false;
        foreach (PolicyRow row in PolicyRow.All.Where(row => row.CreateCache is not null))
        {
            var check = new LogitsCheck(cold);
            TraceResult result = new TraceRun(context, model.Shape, trace, arguments.Capacity) { OnStarted = check.Check, Cancellation = cancellation }.Run(row, arguments.InFlight);
            bool isSame = result.HitTokens == result.DryHitTokens && result.WorstByteError <= 0.01 && check.Faults.Count == 0;
            Console.WriteLine($"{row.Name}: {check.Reuses} reuses equal to a cold prefill bit for bit, {check.WholePrompts} whole prompts by their first token, {check.Uncut} by that of an uncut prefill; {check.Faults.Count} faults; bytes within {100 * result.WorstByteError:0.00} %; hits {(result.HitTokens == result.DryHitTokens ? "as" : "NOT as")} in a replay of the same calls");
            check.Faults.ForEach(Console.WriteLine);
            fails |= !isSame;
        }

        return fails ? 1 : 0;
    }

    /// <summary>What the lab models a time by: the tokens that are left to compute, or the FLOPs that these take.</summary>
    private static void PrintLines(ModelShape shape, ServedRequest[] requests)
    {
        if (requests.Select(request => request.Prompt - request.Restored).Distinct().Count() < 2)
        {
            return;
        }

        var tokens = Line.Through([.. requests.Select(request => ((double)(request.Prompt - request.Restored), request.ProcessorMilliseconds))]);
        var flops = Line.Through([.. requests.Select(request => ((shape.TotalFlops(request.Prompt) - shape.TotalFlops(request.Restored)) / 1e9, request.ProcessorMilliseconds))]);
        Console.WriteLine($"Processor time of all requests, on a line: {tokens.Intercept:0.000} ms + {tokens.Slope:0.00000} ms per token left to compute, R^2 {tokens.RSquared:0.000}");
        Console.WriteLine($"and on another:                            {flops.Intercept:0.000} ms + {flops.Slope:0.00} ms per GFLOP of the model's shape, R^2 {flops.RSquared:0.000}");
        Console.WriteLine();
    }

    private static int Measure(Arguments arguments, LlamaModel model, Trace trace, CancellationToken cancellation)
    {
        using var context = new LlamaContext(model, arguments.InFlight, arguments.Context, arguments.Threads);
        var run = new TraceRun(context, model.Shape, trace, arguments.Capacity) { Cancellation = cancellation };
        if (context.Tokens >= 2112)
        {
            ReuseProbe probe = ReuseProbe.Measure(context, model);
            Console.WriteLine($"{probe.Kept + probe.Left:N0} tokens: {probe.ColdMilliseconds:0.0} ms from the start, {probe.ReusedMilliseconds:0.0} ms where {probe.Kept:N0} are restored: {probe.Ratio:0.0} times faster");
            Console.WriteLine();
        }

        Console.WriteLine("One request after the other, as in squelch replay:");
        TraceResult[] results = [.. PolicyRow.All.Select(row => run.Run(row, inFlight: 1))];
        var replays = results.Where(result => result.Row.Replay is not null).ToImmutableDictionary(result => result.Row, result => result.Row.Replay!(trace, run.Replay));
        Console.WriteLine(Report.Table(results, replays, isModelled: run.Map is not null));
        Console.WriteLine($"Bytes of the cache and of the states differ by {100 * results.Max(result => result.WorstByteError):0.00} % at most; {results.Sum(result => result.RefusedRestores)} restores were refused.");
        Console.WriteLine();
        Console.WriteLine("Time to the first token by tokens of the prompt (requests), medians:");
        Console.WriteLine(Report.Bars(results[^1], results[0]));
        PrintLines(model.Shape, [.. results.SelectMany(result => result.Requests)]);
        TraceResult together = run.Run(results[0].Row, arguments.InFlight);
        Console.WriteLine($"{arguments.InFlight} requests in flight, {together.Row.Name}: {together.HitTokens:N0} tokens reused, {together.DryHitTokens:N0} in a replay of the same calls; {together.ComputedAgain:N0} computed again for a checkpoint that was not passed");
        if (arguments.Chart is not null)
        {
            Chart.Write(arguments.Chart, results);
            Console.WriteLine($"The picture is in {arguments.Chart}");
        }

        return results.All(result => result.Row.Replay is null || result.HitTokens == replays[result.Row].HitTokens) && together.HitTokens == together.DryHitTokens
            ? 0
            : throw new SquelchException("the hits differ from those of a replay: a fault of this sample. Please report it.");
    }
}
