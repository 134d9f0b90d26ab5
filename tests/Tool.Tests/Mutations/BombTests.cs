using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Squelch.Tool.Tests;

/// <summary>Files that unpack without end, and lines without end: refused, before they fill the memory.</summary>
[Collection(nameof(AloneCollection))]
public sealed class BombTests
{
    private const long Large = 1L << 30;

    public static TheoryData<string> Beginnings =>
    [
        "", "{\"ts\":0,\"input_tokens\":[1", "{\"ts\":0,\"input_tokens\":[1],\"output_tokens\":[]}\n", "{\"timestamp\":0,\"input_length\":4,\"hash_ids\":[1", "{\"messages\":[{\"role\":\"user\",\"content\":\"a",
        "[{\"messages\":[", "{\"ts\":1,\"events\":[", "1,2,3\n", "key,size\n", "a",
    ];

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void AGibibyteOfOneLineIsRefused(string beginning)
    {
        foreach (char filler in ",1a [\"")
        {
            AssertRefused(new RepeatedStream(Encoding.UTF8.GetBytes(beginning), (byte)filler, Large), "t.jsonl");
        }
    }

    [Theory]
    [InlineData("gzip", "")]
    [InlineData("zstd", "")]
    [InlineData("gzip", "{\"ts\":0,\"input_tokens\":[1],\"output_tokens\":[]}\n")]
    [InlineData("zstd", "{\"ts\":0,\"input_tokens\":[1],\"output_tokens\":[]}\n")]
    [InlineData("zstd", "1,2,3\n")]
    [InlineData("gzip", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n")]
    public void ASmallFileThatUnpacksToAGibibyteIsRefused(string packing, string line)
    {
        byte[] piece = line.Length == 0 ? new byte[1 << 20] : Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, (1 << 20) / line.Length)));
        var packed = new MemoryStream();
        using (Stream writer = packing == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true) : new CompressionStream(packed, leaveOpen: true))
        {
            for (int i = 0; i < Large / piece.Length; i++)
            {
                writer.Write(piece);
            }
        }

        packed.Position = 0;
        AssertRefused(packed, "t.jsonl");
    }

    private static void AssertRefused(Stream stream, string name)
    {
        GC.Collect();
        long before = WorkingSet();
        long most = before;
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                most = Math.Max(most, WorkingSet());
                await Task.Delay(20);
            }
        });
        SquelchException refused = Assert.Throws<SquelchException>(() =>
        {
            using var input = new TraceInput(stream, name);
            TraceFormats.Of(TraceLoading.Formats(null), input).Load(input, new());
        });
        stop.Cancel();
        watch.Wait();

        Assert.StartsWith(name, refused.Message, StringComparison.Ordinal);
        Assert.True(most - before < Large, $"it took {(most - before) >> 20} MiB");
    }

    private static long WorkingSet()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
