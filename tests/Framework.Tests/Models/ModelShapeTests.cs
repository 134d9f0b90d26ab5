namespace Squelch.Tests.Models;

public sealed class ModelShapeTests
{
    [Fact]
    public void ThePapersHybridHasThePapersBytes()
    {
        ModelShape model = ModelShape.PaperHybrid;

        Assert.Equal(("marconi-7b", 26_787_840L, 65_536L), (model.Name, model.CheckpointBytes, model.KvBytes(1)));
        Assert.Equal(65_536L * 3_000_000_000, model.KvBytes(3_000_000_000));
        Assert.Same(model, ModelCatalog.Find("marconi-7b"));
        Assert.Same(model, ModelCatalog.All[0]);
    }

    // From the golden specification: f_ssm(L), attn * f_attn1(L), mlp * f_mlp1(L).
    [Theory]
    [InlineData("marconi-7b", 0L, 0L, 0L, 0L)]
    [InlineData("marconi-7b", 1L, 5034147840L, 536936448L, 7516192768L)]
    [InlineData("marconi-7b", 1000L, 5034147840000L, 602406912000L, 7516192768000L)]
    [InlineData("marconi-7b", 31950L, 160841023488000L, 84052338278400L, 240142358937600L)]
    [InlineData("marconi-7b", 200000L, 1006829568000000L, 2728814182400000L, 1503238553600000L)]
    [InlineData("tiny", 0L, 0L, 0L, 0L)]
    [InlineData("tiny", 1L, 161664L, 33024L, 262144L)]
    [InlineData("tiny", 1000L, 161664000L, 288768000L, 262144000L)]
    [InlineData("tiny", 31950L, 5165164800L, 262372377600L, 8375500800L)]
    [InlineData("tiny", 200000L, 32332800000L, 10246553600000L, 52428800000L)]
    [InlineData("tinykv", 0L, 0L, 0L, 0L)]
    [InlineData("tinykv", 1L, 53888L, 132096L, 327680L)]
    [InlineData("tinykv", 1000L, 53888000L, 1155072000L, 327680000L)]
    [InlineData("tinykv", 31950L, 1721721600L, 1049489510400L, 10469376000L)]
    [InlineData("tinykv", 200000L, 10777600000L, 40986214400000L, 65536000000L)]
    public void PaperModelsEqualTheSpecification(string name, long tokens, long recurrent, long attention, long mlp)
    {
        ModelShape model = ModelCatalog.Find(name);

        Assert.Equal(new FlopCount(attention, recurrent, mlp), model.Flops(tokens));
        Assert.Equal((double)(recurrent + attention + mlp), model.TotalFlops(tokens));
    }

    // The specification's class Model, formula for formula.
    [Fact]
    public void AnyPaperModelEqualsTheSpecification()
    {
        var random = new Random(5);
        int[] hiddens = [1, 3, 64, 777, 2048, 4096, 8192];
        for (int i = 0; i < 2000; i++)
        {
            (int ssm, int attn, int mlp) = (random.Next(1, 81), random.Next(81), random.Next(81));
            (Int128 d, Int128 n) = (hiddens[random.Next(hiddens.Length)], random.Next(1, 257));
            long tokens = (long)Math.Pow(2, random.NextDouble() * 22);
            Int128 l = tokens;

            var model = ModelShape.Paper("x", ssm, attn, mlp, (int)d, (int)n);

            Assert.Equal(ssm * ((d * n * 2) + (((2 * d) + (2 * n)) * 4 * 2)), model.CheckpointBytes);
            Assert.Equal(attn * 4 * l * d, model.KvBytes(tokens));
            FlopCount expected = new(
                Attention: attn * ((8 * l * d * d) + (4 * l * l * d)),
                Recurrent: ssm * ((12 * l * d * d) + (16 * l * d * n) + (10 * l * d)),
                Mlp: mlp * (16 * l * d * d));
            Assert.Equal(expected, model.Flops(tokens));
        }
    }

    [Theory]
    [InlineData("tiny", 4800L, 256L)]
    [InlineData("tinykv", 1600L, 1024L)]
    public void ToyModelsEqualTheSpecificationInBytes(string name, long checkpoint, long kv)
        => Assert.Equal((checkpoint, kv), (ModelCatalog.Find(name).CheckpointBytes, ModelCatalog.Find(name).KvBytes(1)));

    [Fact]
    public void TotalFlopsAreExactBelow2ToThe53()
    {
        foreach (ModelShape model in ModelCatalog.All)
        {
            for (long tokens = 0; tokens < 3_000_000; tokens = (tokens * 9 / 7) + 1)
            {
                Int128 exact = model.Flops(tokens).Total;
                if (exact < (Int128)1 << 53)
                {
                    Assert.Equal(exact, (Int128)model.TotalFlops(tokens));
                }
                else
                {
                    Assert.Equal(1, model.TotalFlops(tokens) / (double)exact, 1e-15);
                }
            }
        }
    }

    // Checkpoint and KV bytes worked out by hand from the models' configurations.
    [Theory]
    [InlineData("transformer-7b", 0L, 36L * 4 * 4096)]
    [InlineData("jamba-1.5-mini", 28L * ((8192 * 16) + (8192 * 3)) * 2, 4L * 2 * 8 * 128 * 2)]
    [InlineData("zamba2-7b", 81L * ((112 * 64 * 64) + ((7168 + 256) * 3)) * 2, 13L * 2 * 32 * 224 * 2)]
    [InlineData("nemotron-h-8b", 24L * ((128 * 64 * 128) + ((8192 + 2048) * 3)) * 2, 4L * 2 * 8 * 128 * 2)]
    [InlineData("qwen3-next", 36L * ((32 * 128 * 128) + ((2048 + 2048 + 4096) * 3)) * 2, 12L * 2 * 2 * 256 * 2)]
    public void PublishedModelsHoldWhatTheirConfigurationsSay(string name, long checkpoint, long kv)
    {
        ModelShape model = ModelCatalog.Find(name);

        Assert.Equal((checkpoint, kv), (model.CheckpointBytes, model.KvBytesPerToken));
        Assert.NotEmpty(model.Source);
    }

    // Two FLOPs per active weight (norms, embeddings and output head left out) is most of the linear part.
    [Theory]
    [InlineData("transformer-7b", 7.2)]
    [InlineData("marconi-7b", 6.6)]
    [InlineData("jamba-1.5-mini", 11.5)]
    [InlineData("zamba2-7b", 10.7)]
    [InlineData("nemotron-h-8b", 7.2)]
    [InlineData("qwen3-next", 3.0)]
    public void FlopsPerTokenAreNearTwiceTheActiveWeights(string name, double billions)
        => Assert.InRange(ModelCatalog.Find(name).TotalFlops(1) / 2e9, billions * 0.85, billions * 1.15);

    [Fact]
    public void AMisspeltModelIsRefusedWithTheNearestName()
    {
        string message = Assert.Throws<SquelchException>(() => ModelCatalog.Find("marconi7b")).Message;

        Assert.Contains("Did you mean 'marconi-7b'?", message);
        Assert.Contains("zamba2-7b", message);
    }

    [Fact]
    public void AModelWithoutStatesOrWithImpossibleSizesIsRefused()
    {
        Assert.Contains("keeps no state", Assert.Throws<SquelchException>(() => ModelShape.Paper("x", 0, 0, 3, 64, 4)).Message);
        Assert.Contains("count of its attention layers is -1", Assert.Throws<SquelchException>(() => ModelShape.Paper("x", 1, -1, 3, 64, 4)).Message);
        Assert.Contains("larger than any model", Assert.Throws<SquelchException>(() => ModelShape.Paper("x", 1, 1, 0, 1 << 26, 4)).Message);
        Assert.Contains("larger than any model", Assert.Throws<SquelchException>(() => ModelShape.Paper("x", 1, 1, 1, 1 << 30, 4)).Message);
        Assert.Contains("input of its attention layers is -5", Assert.Throws<SquelchException>(() => new ModelShape("x", "", [new AttentionLayers(1, 8, 1, 1, 8) { Input = -5 }])).Message);
        Assert.Contains("routedExperts of its mlp layers is -9", Assert.Throws<SquelchException>(() => new ModelShape("x", "", [new PaperMambaLayers(1, 8, 8), new MlpLayers(1, 8, 8) { RoutedExperts = -9 }])).Message);
        Assert.Throws<ArgumentException>(() => new ModelShape("x", "", default));
    }
}
