using Squelch.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [replay|selection|pool|trace|generator|analyzers|tuning|caching|flat [key trace]]
if (args is ["flat", .. { Length: <= 1 } keys])
{
    FlatBenchmark.Run(keys.Length == 1 ? keys[0] : SeededTraces.Zipf("zipf1"));
    return 0;
}

string[] chosen = args.Length == 0 ? ["selection", "pool", "replay", "trace", "generator", "analyzers"] : args;
foreach (string name in chosen)
{
    switch (name)
    {
        case "selection":
            SelectionBenchmark.Run();
            break;
        case "pool":
            PoolBenchmark.Run();
            break;
        case "replay":
            ReplayBenchmark.Run();
            break;
        case "trace":
            TraceBenchmark.Run();
            break;
        case "generator":
            GeneratorBenchmark.Run();
            break;
        case "analyzers":
            AnalyzerBenchmark.Run();
            break;
        case "tuning":
            TuningBenchmark.Run();
            break;
        case "caching":
            CachingBenchmark.Run();
            break;
        default:
            Console.Error.WriteLine($"error: there is no benchmark '{name}'; there are selection, pool, replay, trace, generator, analyzers, tuning, caching, and flat, with a key trace of yours or zipf1.");
            return 2;
    }
}

return 0;
