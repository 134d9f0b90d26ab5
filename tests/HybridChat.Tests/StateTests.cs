namespace HybridChat.Tests;

public sealed class StateTests
{
    /// <summary>Why hybrids need checkpoints at all: what holds for attention, whose KV can be cut anywhere, does not hold for a recurrent state.</summary>
    [SkippableTheory]
    [MemberData(nameof(Llama.Architectures), MemberType = typeof(Llama))]
    public void ATailCannotBeCutOff(string architecture)
    {
        using LlamaContext context = Llama.Context(architecture: architecture);
        context.Compute(0, Llama.Tokens(100, 1), 0);
        Assert.False(context.TryTrim(0, 60));
    }

    /// <summary>What the lab counts is what llama.cpp holds.</summary>
    [SkippableTheory]
    [MemberData(nameof(Llama.Architectures), MemberType = typeof(Llama))]
    public void TheModelsBytesAreThoseOfTheSavedStates(string architecture)
    {
        using LlamaContext context = Llama.Context(architecture: architecture);
        context.Compute(0, Llama.Tokens(100, 1), 0);
        using NativeBlock recurrent = context.Save(0, recurrentOnly: true);
        using NativeBlock all = context.Save(0, recurrentOnly: false);
        var layout = new KvLayout(all.Bytes);
        ModelShape shape = Llama.Load(architecture).Shape;

        Assert.Equal(shape.KvBytesPerToken, layout.BytesPerToken);
        Assert.InRange(recurrent.Length, shape.CheckpointBytes, shape.CheckpointBytes * 1.001);
        Assert.Equal(recurrent.Length - KvLayout.RecurrentHead, layout.Recurrent);
    }

    /// <summary>Runs of KV that are cut and put together again are the same bytes.</summary>
    [SkippableFact]
    public void RunsOfKvAreCutAndJoined()
    {
        using LlamaContext context = Llama.Context(sequences: 3);
        context.Compute(1, Llama.Tokens(100, 1), 0);
        using NativeBlock recurrent = context.Save(1, recurrentOnly: true);
        using NativeBlock all = context.Save(1, recurrentOnly: false);
        var layout = new KvLayout(all.Bytes);
        (KvRows front, KvRows back) = KvRows.Of(layout, all, 0, 100).Split(37);
        (KvRows middle, KvRows end) = back.Split(20);
        using KvRows joined = KvRows.Join(front, middle);
        using KvRows last = end;
        using NativeBlock again = KvRows.Sequence(layout, [joined, last], recurrent);

        Assert.Equal((57, 43), (joined.Tokens, last.Tokens));
        Assert.True(context.TryRestore(2, again));
        using NativeBlock restored = context.Save(2, recurrentOnly: false);
        using KvRows whole = KvRows.Of(layout, all, 0, 100);
        using NativeBlock expected = KvRows.Sequence(layout, [whole], recurrent);
        Assert.True(expected.Bytes.SequenceEqual(again.Bytes));
        Assert.Equal(all.Length, restored.Length);
    }

    [SkippableFact]
    public void ForeignBytesAreNoLayout()
    {
        using LlamaContext context = Llama.Context();
        context.Compute(0, Llama.Tokens(10, 1), 0);
        using NativeBlock all = context.Save(0, recurrentOnly: false);
        foreach (int length in (int[])[12, 16, 100, 200])
        {
            byte[] cut = all.Bytes[..length].ToArray();
            Assert.Throws<SquelchException>(() => new KvLayout(cut));
        }

        all.Bytes[20] = 7;
        byte[] changed = all.Bytes.ToArray();
        Assert.Throws<SquelchException>(() => new KvLayout(changed));
    }
}
