using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Squelch.Tool.Tests;

/// <summary>Every format, packed in every way, whole and damaged, from files and from pipes.</summary>
public sealed class TraceInputTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public static IEnumerable<object[]> FormatsAndPackings { get; } =
        from format in (string[])["tokens", "blocks", "conversations", "conversation array", "events", "csv", "oracleGeneral"]
        from packing in (string[])["", ".gz", ".zst"]
        select (object[])[format, packing];

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [MemberData(nameof(FormatsAndPackings))]
    public async Task InfoNamesTheFormatAndThePacking(string format, string packing)
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", Write(format, packing, Bytes(format)));

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        string expected = format switch
        {
            "tokens" => "token ids (Marconi's JSON lines)",
            "blocks" => "block hashes (Mooncake's JSON lines)",
            "events" => "KV events (vLLM or SGLang)",
            "csv" => "keys (CSV: key, size, time)",
            "oracleGeneral" => "keys (oracleGeneral)",
            _ => "conversations",
        };
        Assert.Contains(expected + packing switch { ".gz" => ", gzip", ".zst" => ", zstd", _ => "\n" }, run.Out, StringComparison.Ordinal);
    }

    /// <summary>The command says what is wrong and what to do, whatever the format and wherever the cut.</summary>
    [Theory]
    [MemberData(nameof(FormatsAndPackings))]
    public async Task APackedFileThatWasCutShortIsNamedWithItsPacking(string format, string packing)
    {
        if (packing.Length == 0)
        {
            return;
        }

        byte[] whole = Packed(packing, Bytes(format));
        foreach (int length in (int[])[7, whole.Length / 3, whole.Length - 20, whole.Length - 1])
        {
            string path = _workplace.PathOf(NameOf(format, packing));
            await File.WriteAllBytesAsync(path, whole[..length]);
            ToolRun run = await ToolRun.OfAsync("trace", "info", path);

            Assert.Equal(ExitCode.Input, run.ExitCode);
            Assert.StartsWith($"error: {path}: ", run.Error, StringComparison.Ordinal);
            Assert.Contains(packing == ".gz" ? "the gzip data is corrupt or cut short" : "the zstd data is corrupt or cut short", run.Error, StringComparison.Ordinal);
            Assert.Contains(packing == ".gz" ? "`gzip -t` checks it" : "`zstd -t` checks it", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("defect", run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>A pipe cannot be opened twice: what was looked at must be read as well.</summary>
    [Theory]
    [MemberData(nameof(FormatsAndPackings))]
    public async Task APipeDoesAsWellAsAFile(string format, string packing)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        byte[] bytes = Packed(packing, Bytes(format));
        ToolRun file = await ToolRun.OfAsync("trace", "info", Write(format, packing, Bytes(format)));
        string pipe = Path.Combine(Directory.CreateDirectory(_workplace.PathOf("pipes")).FullName, NameOf(format, packing));
        using (Process made = Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync();
            Assert.Equal(0, made.ExitCode);
        }

        Task writing = Task.Run(() => File.WriteAllBytes(pipe, bytes));
        ToolRun piped = await ToolRun.OfAsync("trace", "info", pipe);
        await writing;

        Assert.Equal(file, piped);
    }

    [Fact]
    public async Task DamageInsideIsNamedWithItsPacking()
    {
        byte[] bytes = Packed(".zst", Bytes("conversations"));
        bytes.AsSpan(bytes.Length / 2, 30).Fill(0x55);
        string path = _workplace.PathOf("damaged.jsonl.zst");
        await File.WriteAllBytesAsync(path, bytes);
        ToolRun run = await ToolRun.OfAsync("replay", path, "--policy", "Lru");

        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains("the zstd data is corrupt", run.Error, StringComparison.Ordinal);
    }

    /// <summary>What is written can be read, or nothing is written.</summary>
    [Theory]
    [MemberData(nameof(FormatsAndPackings))]
    public async Task WhatConvertWritesIsReadAgain(string format, string packing)
    {
        string path = Write(format, "", Bytes(format));
        foreach (int block in (int[])[1, 2, 3, 7, 16, 48, 512, 1 << 24, (1 << 24) + 1, int.MaxValue])
        {
            string target = _workplace.PathOf($"converted.jsonl{packing}");
            ToolRun converted = await ToolRun.OfAsync("trace", "convert", path, "--block", $"{block}", "--out", target);
            if (converted.ExitCode == ExitCode.Success)
            {
                ToolRun read = await ToolRun.OfAsync("trace", "info", target);
                Assert.Equal((ExitCode.Success, ""), (read.ExitCode, read.Error));
                Assert.True(block <= 1 << 24);
                File.Delete(target);
            }
            else
            {
                Assert.Contains("give ", converted.Error, StringComparison.Ordinal);
                Assert.False(File.Exists(target));
            }
        }
    }

    [Fact]
    public async Task KeysOutOfOrderAndKeysTooLargeForBlocksAreRefused()
    {
        string keys = _workplace.PathOf("keys.csv");
        string target = _workplace.PathOf("blocks.jsonl");
        await File.WriteAllTextAsync(keys, "1,3,5\n2,5,1\n");
        ToolRun unordered = await ToolRun.OfAsync("trace", "convert", keys, "--out", target);
        await File.WriteAllTextAsync(keys, "1,30000000,5\n2,5,6\n");
        ToolRun large = await ToolRun.OfAsync("trace", "convert", keys, "--out", target);

        Assert.Contains("request 2: the time is 1, less than 5", unordered.Error, StringComparison.Ordinal);
        Assert.Contains("Blocks of 30000000 tokens are too large", large.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }

    private static byte[] Bytes(string format)
    {
        var text = new StringBuilder();
        for (int i = 0; i < 400; i++)
        {
            int hash = i * 7919 % 65537;
            text.Append(format switch
            {
                "tokens" => $"{{\"ts\":{i},\"input_tokens\":[1,2,{hash}],\"output_tokens\":[{i}]}}\n",
                "blocks" => $"{{\"timestamp\":{i},\"input_length\":20,\"block_size\":16,\"hash_ids\":[1,{hash}]}}\n",
                "conversations" => $"{{\"conversations\":[{{\"from\":\"human\",\"value\":\"{hash} is?\"}},{{\"from\":\"gpt\",\"value\":\"{i}\"}}]}}\n",
                "conversation array" => $"{(i == 0 ? '[' : ',')}{{\"messages\":[{{\"role\":\"user\",\"content\":\"{hash} is?\"}},{{\"role\":\"assistant\",\"content\":\"{i}\"}}]}}\n",
                "events" => $"[{i},[[\"BlockStored\",[{hash}],null,[1,2],2]]]\n",
                "csv" => $"{hash % 100},{1 + (hash % 20)},{i}\n",
                _ => "",
            });
        }

        return format switch
        {
            "conversation array" => Encoding.UTF8.GetBytes($"{text}]"),
            "oracleGeneral" => [.. Enumerable.Range(0, 400).SelectMany(i => (byte[])[.. BitConverter.GetBytes(i), .. BitConverter.GetBytes(i * 7919L % 211), .. BitConverter.GetBytes(1 + (i % 20)), .. BitConverter.GetBytes(-1L)])],
            _ => Encoding.UTF8.GetBytes(text.ToString()),
        };
    }

    private static string NameOf(string format, string packing) => format switch { "csv" => "t.csv", "oracleGeneral" => "t.oracleGeneral", _ => "t.jsonl" } + packing;

    private static byte[] Packed(string packing, byte[] bytes)
    {
        var packed = new MemoryStream();
        using (Stream writer = packing switch { ".gz" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true), ".zst" => new CompressionStream(packed, leaveOpen: true), _ => packed })
        {
            writer.Write(bytes);
        }

        return packed.ToArray();
    }

    private string Write(string format, string packing, byte[] bytes)
    {
        string path = _workplace.PathOf(NameOf(format, packing));
        File.WriteAllBytes(path, Packed(packing, bytes));
        return path;
    }
}
