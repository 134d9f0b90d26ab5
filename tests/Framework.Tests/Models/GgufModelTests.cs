using System.Buffers.Binary;
using HybridChat;

namespace Squelch.Tests.Models;

public sealed class GgufModelTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");

    public void Dispose() => File.Delete(_path);

    /// <summary>A layer keeps 258 x 64 + channels x 3 numbers in fp32, where channels are 258 + 128 per group; a layer of attention 2 x 66 numbers in fp16 for each token.</summary>
    [Theory]
    [InlineData("granitehybrid", "tiny-hybrid", 2, 4, 6, 1, true, 4 * 4 * (16_512 + (386 * 3)), 528)]
    [InlineData("nemotron_h", "tiny-nemotron_h", 2, 4, 4, 2, false, 4 * 4 * (16_512 + (514 * 3)), 528)]
    [InlineData("falcon-h1", "tiny-falcon-h1", 3, 3, 3, 1, true, 3 * 4 * (16_512 + (386 * 3)), 792)]
    public void AWrittenModelIsRead(string architecture, string name, int attention, int mamba, int mlps, int groups, bool gated, long checkpointBytes, long kvBytes)
    {
        TinyHybrid.Write(_path, architecture);
        ModelShape model = ModelShape.FromGguf(_path);

        Assert.Equal(name, model.Name);
        Assert.Equal(
            [
                new AttentionLayers(attention, Hidden: 129, Heads: 2, KvHeads: 1, HeadDim: 66),
                new Mamba2Layers(mamba, Hidden: 129, Heads: 2, HeadDim: 129, State: 64, groups) { BytesPerElement = 4 },
                new MlpLayers(mlps, Hidden: 129, Intermediate: 257) { Gated = gated },
            ],
            model.Layers.AsEnumerable());
        Assert.Equal((checkpointBytes, kvBytes), (model.CheckpointBytes, model.KvBytesPerToken));
        Assert.Equal(model.Layers.AsEnumerable(), ModelCatalog.Resolve(_path).Layers);
    }

    [Fact]
    public void AMixtureOfExpertsIsRead()
    {
        GgufWriter file = Granite();
        file.Add("granitehybrid.expert_count", 64);
        file.Add("granitehybrid.expert_used_count", 6);
        file.Add("granitehybrid.expert_shared_feed_forward_length", 1024);

        Assert.Equal(
            [new MlpLayers(3, 256, 512) { Gated = true, ActiveExperts = 6, RoutedExperts = 64 }, new MlpLayers(3, 256, 1024) { Gated = true }],
            Read(file).Layers.Where(group => group.Kind == LayerKind.Mlp));
    }

    /// <summary>Every layer has all three.</summary>
    [Fact]
    public void FalconH1IsRead()
        => Assert.Equal(
            [
                new AttentionLayers(3, 256, 4, 2, 32),
                new Mamba2Layers(3, 256, 8, 64, 64, 1) { BytesPerElement = 4 },
                new MlpLayers(3, 256, 512) { Gated = true },
            ],
            Read(Hybrid("falcon-h1", kvHeads: [2, 2, 2])).Layers.AsEnumerable());

    /// <summary>Every layer is one of three; the width of its MLP tells which.</summary>
    [Fact]
    public void NemotronHIsRead()
        => Assert.Equal(
            [
                new AttentionLayers(1, 256, 4, 2, 32),
                new Mamba2Layers(2, 256, 8, 64, 64, 1) { BytesPerElement = 4 },
                new MlpLayers(1, 256, 1024),
            ],
            Read(Hybrid("nemotron_h", kvHeads: [0, 0, 2, 0], widths: [0, 1024, 0, 0])).Layers.AsEnumerable());

    [Theory]
    [InlineData("llama", "the architecture is 'llama'", "Describe another model in a JSON file")]
    [InlineData("a\u001b[31m", "the architecture is 'a?[31m'", "granitehybrid")]
    public void AnArchitectureThatIsNotKnownIsRefused(string architecture, string fault, string remedy)
        => Refused(() => Read(Hybrid(architecture, [0, 2, 0])), fault, remedy);

    [Theory]
    [InlineData(new[] { 2, 2, 2 })]
    [InlineData(new[] { 0, 0, 0 })]
    public void AModelThatIsNoHybridIsRefused(int[] kvHeads) => Refused(() => Read(Hybrid("granitehybrid", kvHeads)), "no attention layer, or no recurrent one", "A hybrid has both");

    [Theory]
    [InlineData(new[] { 0, 2 }, "attention.head_count_kv has 2 numbers for 3 layers")]
    [InlineData(new[] { 0, 3, 0 }, "attention.head_count 4 is no multiple of head_count_kv 3")]
    [InlineData(new[] { 0, -1, 0 }, "'granitehybrid.attention.head_count_kv' must be whole numbers from 0")]
    [InlineData(new[] { 0, 1 << 30, 0 }, "'granitehybrid.attention.head_count_kv' must be whole numbers from 0")]
    public void ImpossibleLayersAreRefused(int[] kvHeads, string fault) => Refused(() => Read(Hybrid("granitehybrid", kvHeads, layers: 3)), fault, "Convert the model anew");

    /// <summary>llama.cpp ends the program there, once it computes; nemotron_h has no positions.</summary>
    [Theory]
    [InlineData("granitehybrid", 7)]
    [InlineData("granitehybrid", 34)]
    [InlineData("falcon-h1", -2)]
    public void APositionThatLlamaDoesNotTakeIsRefused(string architecture, int turned)
    {
        GgufWriter file = Hybrid(architecture, [0, 2, 0]);
        file.Add(architecture + ".rope.dimension_count", turned);
        Refused(() => Read(file), $"'{architecture}.rope.dimension_count' must be even, and at most attention.key_length 32", "Convert the model anew");

        GgufWriter other = Hybrid("nemotron_h", [0, 0, 2, 0], widths: [0, 1024, 0, 0]);
        other.Add("nemotron_h.rope.dimension_count", turned);
        Assert.True(Read(other).CheckpointBytes > 0);
    }

    /// <summary>llama.cpp ends the program there; of other architectures it takes it.</summary>
    [Fact]
    public void AnInnerSizeThatLlamaDoesNotTakeIsRefused()
    {
        Refused(() => Read(Hybrid("granitehybrid", [0, 2, 0], inner: 768)), "ssm.inner_size 768 is not twice the embedding_length 256", "Convert the model anew");
        Assert.Equal(3, Read(Hybrid("falcon-h1", [2, 2, 2], inner: 768)).Layers.Length);
    }

    [Fact]
    public void AModelThatIsTooLargeIsRefused()
        => Refused(() => Read(Hybrid("granitehybrid", [0, 2, 0], hidden: 1 << 23, state: 1 << 24, inner: 1 << 24)), "larger than any model", "Check the sizes of its layers");

    [Theory]
    [InlineData(513)]
    [InlineData(1 << 30)]
    public void ALayerCountThatIsTooLargeIsRefused(int layers) => Refused(() => Read(Hybrid("granitehybrid", [0, 2], layers: layers)), "block_count", "from 1 to 512");

    [Fact]
    public void AKeyThatIsMissingIsNamed()
    {
        var file = new GgufWriter();
        file.Add("general.architecture", "granitehybrid");
        Refused(() => Read(file), "'granitehybrid.block_count'", "Convert the model anew");
        Refused(() => Read(new GgufWriter()), "does not tell 'general.architecture'", "in the first");
    }

    [Fact]
    public void AKeyThatIsThereTwiceIsRefused()
    {
        GgufWriter file = Granite();
        file.Add("general.name", "again");
        Refused(() => Read(file), "'general.name' is there twice", "Convert");
    }

    [Fact]
    public void AFileThatIsNotThereIsNamed()
    {
        Refused(() => ModelShape.FromGguf(_path), "there is no such file", "Check the path");
        Refused(() => ModelCatalog.Resolve("nowhere.gguf"), "there is no such file", "Check the path");
        Assert.Contains("it is a folder", Assert.Throws<SquelchException>(() => ModelShape.FromGguf(Path.GetTempPath())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0x21212121u, "does not begin as a GGUF file")]
    [InlineData(4, 1u, "its version is 1")]
    [InlineData(4, 0x03000000u, "big-endian")]
    public void AnotherBeginningIsRefused(int at, uint value, string fault)
    {
        Granite().Write(_path);
        byte[] bytes = File.ReadAllBytes(_path);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        File.WriteAllBytes(_path, bytes);
        Refused(() => ModelShape.FromGguf(_path), fault, ".");
    }

    /// <summary>Counts of tensors and of metadata, and the length of the first key: nothing is taken for them before the file is known to hold them.</summary>
    [Theory]
    [InlineData(8, long.MaxValue)]
    [InlineData(8, -1)]
    [InlineData(8, 1_000_000)]
    [InlineData(16, long.MaxValue)]
    [InlineData(16, 1L << 40)]
    [InlineData(24, long.MaxValue)]
    [InlineData(24, -1)]
    [InlineData(24, 60_000)]
    public void AHugeCountIsRefused(int at, long value)
    {
        Granite().Write(_path);
        byte[] bytes = File.ReadAllBytes(_path);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
        File.WriteAllBytes(_path, bytes);
        Refused(() => ModelShape.FromGguf(_path), _path, "etch it again");
    }

    [Fact]
    public void AFileThatIsCutOffIsRefusedWhereverItIsCut()
    {
        GgufWriter file = Granite();
        file.AddSingle("one", [16], _ => 1);
        file.AddHalf("two", [8, 4], _ => 1);
        file.Write(_path);
        byte[] whole = File.ReadAllBytes(_path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            Assert.StartsWith(_path, Assert.Throws<SquelchException>(() => ModelShape.FromGguf(_path)).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Whatever stands in a file, it is a model or a complaint that names the file.</summary>
    [Fact]
    public void AnyChangeIsReadOrRefused()
    {
        GgufWriter file = Granite();
        file.AddSingle("one", [16], _ => 1);
        file.Write(_path);
        byte[] whole = File.ReadAllBytes(_path);
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            byte[] changed = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(changed.Length - 8);
                if (random.Next(3) == 0)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(at), random.NextInt64() >> random.Next(64));
                }
                else
                {
                    changed[at] = (byte)random.Next(256);
                }
            }

            File.WriteAllBytes(_path, changed[..(random.Next(8) == 0 ? random.Next(changed.Length) : changed.Length)]);
            try
            {
                Assert.True(ModelShape.FromGguf(_path).CheckpointBytes > 0);
            }
            catch (SquelchException complaint)
            {
                Assert.StartsWith(_path, complaint.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 3999);
    }

    private static GgufWriter Granite() => Hybrid("granitehybrid", [0, 2, 0]);

    private static GgufWriter Hybrid(string architecture, int[] kvHeads, int[]? widths = null, int? layers = null, int hidden = 256, int state = 64, int inner = 512)
    {
        var file = new GgufWriter();
        file.Add("general.architecture", architecture);
        file.Add("general.name", "written");
        file.Add(architecture + ".block_count", layers ?? kvHeads.Length);
        file.Add(architecture + ".embedding_length", hidden);
        file.Add(architecture + ".attention.head_count", 4);
        file.Add(architecture + ".attention.head_count_kv", kvHeads);
        file.Add(architecture + ".attention.key_length", 32);
        file.Add(architecture + ".ssm.conv_kernel", 4);
        file.Add(architecture + ".ssm.inner_size", inner);
        file.Add(architecture + ".ssm.state_size", state);
        file.Add(architecture + ".ssm.time_step_rank", 8);
        file.Add(architecture + ".ssm.group_count", 1);
        if (widths is null)
        {
            file.Add(architecture + ".feed_forward_length", 512);
        }
        else
        {
            file.Add(architecture + ".feed_forward_length", widths);
        }

        return file;
    }

    private static void Refused(Action read, string fault, string remedy)
    {
        string message = Assert.Throws<SquelchException>(read).Message;
        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    private ModelShape Read(GgufWriter file)
    {
        file.Write(_path);
        return ModelShape.FromGguf(_path);
    }
}
