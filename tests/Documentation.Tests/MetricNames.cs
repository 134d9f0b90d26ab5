using System.Text.Json;
using Squelch.Lab;
using Squelch.Tool;

namespace Squelch.Documentation.Tests;

/// <summary>The names of all numbers, as the command prints them now.</summary>
internal static class MetricNames
{
    private const string Chats = "tests/Cases/multi-turn-growing/chats.jsonl";

    private static readonly Trace s_chats = new("chats", 1, [new() { Pages = new[] { 1 }, InputPages = 1, InputTokens = 1 }]);

    private static readonly Trace s_keys = s_chats with { Model = ModelShape.Keys };

    private static readonly Trace s_sizes = s_keys with { Requests = [new() { Pages = new[] { 1 }, InputPages = 1, InputTokens = 9, Cost = 2 }] };

    private static readonly TraceTerms[] s_terms = [new(s_chats), new(s_keys), new(s_sizes)];

    private static readonly Dictionary<string, Func<Task<IEnumerable<string>>>> s_tables = new()
    {
        ["replay columns"] = () => Task.FromResult(s_terms.SelectMany(ComparisonColumn.Of).Select(column => column.Header.Replace('\n', ' '))),
        ["report columns"] = () => Task.FromResult(s_terms.SelectMany(ReportColumn.Of).Select(column => column.Header)),
        ["replay JSON"] = () => PropertiesAsync($"replay {Chats} --policy Marconi --capacity 1GB --json -", "replay KEYS --policy Lru --capacity 20 --json -"),
        ["requests CSV"] = () => HeaderAsync("--requests"),
        ["victims CSV"] = () => HeaderAsync("--victims"),
        ["trace info"] = () => RowsAsync($"trace info {Chats}", "trace info KEYS"),
        ["trace info JSON"] = () => PropertiesAsync($"trace info {Chats} --json -", "trace info KEYS --json -"),
        ["explain-victim columns"] = async () => (await ColumnsAsync($"explain-victim {Chats} --policy Lru --capacity 70MB --request 5")).TakeWhile(name => name != "LastAccess"),
        ["compare columns"] = () => CompareAsync(results => ColumnsAsync($"compare {results} {results}")),
        ["compare JSON"] = () => CompareAsync(results => PropertiesAsync($"compare {results} {results} --json -")),
    };

    public static IEnumerable<string> All => s_tables.Keys;

    public static async Task<IEnumerable<string>> OfAsync(string table) => (await s_tables[table]()).Distinct();

    private static async Task<IEnumerable<string>> PropertiesAsync(params string[] commands)
    {
        var names = new List<string>();
        foreach (string command in commands)
        {
            using var document = JsonDocument.Parse(await PrintAsync(command));
            names.AddRange(Properties(document.RootElement, ""));
        }

        // What is an object in one result may be null in another.
        return names.Where(name => !names.Any(other => other.StartsWith($"{name}.", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Properties(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Properties(item, path)).DefaultIfEmpty(path),
        JsonValueKind.Object when path != "tunables" => value.EnumerateObject().SelectMany(property => Properties(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        _ => [path],
    };

    private static async Task<IEnumerable<string>> HeaderAsync(string option)
        => (await PrintAsync($"replay {Chats} --policy Lru --capacity 70MB {option} -")).Split('\n')[0].Split(',');

    /// <summary>What stands in the first cell of each row.</summary>
    private static async Task<IEnumerable<string>> RowsAsync(params string[] commands)
    {
        var names = new List<string>();
        foreach (string command in commands)
        {
            names.AddRange((await PrintAsync(command)).Split('\n').Where(line => line.StartsWith('│')).Select(line => line.Split('│')[1].Trim()));
        }

        return names;
    }

    /// <summary>The headers of tables, lines of one header together.</summary>
    private static async Task<IEnumerable<string>> ColumnsAsync(string command)
    {
        string[] lines = (await PrintAsync(command)).Split('\n');
        var names = new List<string>();
        for (int top = Array.FindIndex(lines, IsTop); top >= 0; top = Array.FindIndex(lines, top + 1, IsTop))
        {
            string[][] header = [.. lines.Skip(top + 1).TakeWhile(line => line.StartsWith('│')).Select(line => line.Split('│')[1..^1])];
            names.AddRange(Enumerable.Range(0, header[0].Length).Select(i => string.Join(' ', header.Select(line => line[i].Trim())).Trim()));
        }

        return names;

        static bool IsTop(string line) => line.StartsWith('╭');
    }

    /// <summary>What comparing results with themselves shows, of prompts and of keys with sizes and without.</summary>
    private static async Task<IEnumerable<string>> CompareAsync(Func<string, Task<IEnumerable<string>>> compare)
    {
        string results = Path.GetTempFileName();
        var names = new List<string>();
        try
        {
            foreach (string replay in (string[])[$"replay {Chats} KEYS --policy Lru --capacity 1GB --json -", "replay KEYS --unit-sizes --policy Lru --capacity 2 --json -"])
            {
                await File.WriteAllTextAsync(results, await PrintAsync(replay));
                names.AddRange(await compare(results));
            }
        }
        finally
        {
            File.Delete(results);
        }

        return names;
    }

    /// <summary>What a command prints, KEYS being a trace of keys with sizes and costs.</summary>
    private static async Task<string> PrintAsync(string command)
    {
        string keys = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(keys, "key,size,cost\na,9,2\nb,8,3\na,9,2\n");
            return await SquelchRun.PrintAsync($"squelch {command.Replace("KEYS", keys, StringComparison.Ordinal)} -q");
        }
        finally
        {
            File.Delete(keys);
        }
    }
}
