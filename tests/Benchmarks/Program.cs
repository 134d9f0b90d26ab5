using Squelch.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- [replay|selection|trace|generator|analyzers|flat <zipf1.oracleGeneral.bin>]
string golden = Environment.GetEnvironmentVariable("SQUELCH_GOLDEN") ?? Path.GetFullPath(Path.Combine("..", "shared", "golden"));
if (args is ["flat", var keys])
{
    FlatBenchmark.Run(keys);
    return 0;
}

string[] chosen = args.Length == 0 ? ["selection", "replay", "trace", "generator", "analyzers"] : args;
foreach (string name in chosen)
{
    switch (name)
    {
        case "selection":
            SelectionBenchmark.Run();
            break;
        case "replay":
            ReplayBenchmark.Run(golden);
            break;
        case "trace":
            TraceBenchmark.Run(golden);
            break;
        case "generator":
            GeneratorBenchmark.Run();
            break;
        case "analyzers":
            AnalyzerBenchmark.Run();
            break;
        default:
            Console.Error.WriteLine($"error: there is no benchmark '{name}'; there are selection, replay, trace, generator, analyzers, and flat with a key trace.");
            return 2;
    }
}

return 0;
