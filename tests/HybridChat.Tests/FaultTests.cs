namespace HybridChat.Tests;

public sealed class FaultTests
{
    private static readonly PrefixCacheOptions s_options = new() { CapacityBytes = 3_000_000 };

    /// <summary>States that llama.cpp does not take are not served: the request begins at its first token, and answers as if nothing had been kept.</summary>
    [SkippableFact]
    public void ARefusedStateIsComputedAnew()
    {
        using LlamaContext context = Llama.Context(sequences: 2);
        using var cache = new PrefixCache<Lru>(s_options with { Model = Llama.Model.Shape });
        using var engine = new HybridEngine(context, cache) { KeepsLogits = true };
        int[] prompt = Llama.Tokens(80, 1);
        Llama.Serve(engine, prompt[..50], prompt[50..60]);

        // The number of recurrent states that the checkpoint says it holds.
        NodeTable nodes = cache.Nodes;
        engine.States[nodes.Handle(cache.DeepestNode(prompt))].Checkpoint!.Recurrent.Bytes[KvLayout.RecurrentHead] = 99;
        RunningRequest refused = Llama.Serve(engine, prompt, []);
        using var coldEngine = new HybridEngine(context, null) { KeepsLogits = true };
        RunningRequest cold = Llama.Serve(coldEngine, prompt, []);

        Assert.Equal((60, 0, 1), (refused.HitTokens, refused.RestoredTokens, engine.RefusedRestores));
        Assert.Equal(cold.PromptLogits, refused.PromptLogits);

        // What it left behind is whole.
        RunningRequest again = Llama.Serve(engine, [.. prompt, .. Llama.Tokens(5, 2)], []);
        Assert.Equal((80, 80), (again.HitTokens, again.RestoredTokens));
    }

    [SkippableFact]
    public void ACapacityThatHoldsNoStateIsRefusedByName()
    {
        Skip.If(LlamaLibrary.Fault is not null, $"llama.cpp does not load here: {LlamaLibrary.Fault}");
        Assert.Contains("--capacity: 1,000 bytes cannot hold", Assert.Throws<SquelchException>(() => Session.Run(Arguments.Parse(["--capacity", "1000", "--requests", "2"]), default)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ARequestThatDoesNotFitTheContextIsRefusedAndTheEngineGoesOn()
    {
        using LlamaContext context = Llama.Context(sequences: 1, tokens: 256);
        using var cache = new PrefixCache<Lru>(s_options with { Model = Llama.Model.Shape });
        using var engine = new HybridEngine(context, cache);

        Assert.Contains("do not fit the context of 256", Assert.Throws<SquelchException>(() => engine.Start(3, Llama.Tokens(250, 1), Llama.Tokens(7, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<SquelchException>(() => engine.Start(3, [], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Equal((0, 0, true), (cache.OpenLeases, engine.Running.Count, engine.HasRoom));
        Assert.Equal(256, Llama.Serve(engine, Llama.Tokens(249, 1), Llama.Tokens(7, 2)).At);
    }

    /// <summary>llama.cpp fails in the middle of a request: its lease ends, its sequence is free.</summary>
    [SkippableFact]
    public void AFailedRequestEndsItsLease()
    {
        using LlamaContext context = Llama.Context();
        using var cache = new PrefixCache<Lru>(s_options with { Model = Llama.Model.Shape });
        using var engine = new HybridEngine(context, cache);

        Assert.Contains("could not compute", Assert.Throws<SquelchException>(() => engine.Start(0, [1, 2, int.MaxValue], [])).Message, StringComparison.Ordinal);
        Assert.Equal((0, true), (cache.OpenLeases, engine.HasRoom));
        Assert.Equal(12, Llama.Serve(engine, Llama.Tokens(10, 1), [1, 2]).At);
    }

    /// <summary>A state is a quarter of a megabyte: a thousand lost ones would be seen.</summary>
    [SkippableFact]
    public void AThousandRequestsLeakNothing()
    {
        using LlamaContext context = Llama.Context(sequences: 4, tokens: 64);
        using var cache = new PrefixCache<Marconi>(s_options with { Model = Llama.Model.Shape });
        long before = NativeBlock.Held;
        using (var engine = new HybridEngine(context, cache))
        {
            var random = new Random(3);
            long settled = 0;
            for (int i = 0; i < 1000; i++)
            {
                while (!engine.HasRoom)
                {
                    engine.Step();
                }

                // Eight beginnings, so that some are hit, some are cut and some are evicted.
                RunningRequest request = engine.Start(i, [.. Llama.Tokens(6, random.Next(8)), .. Llama.Tokens(random.Next(1, 5), random.Next(100))], [1, 2]);
                if (i % 50 == 0)
                {
                    engine.Cancel(request);
                }

                settled = i == 200 ? Environment.WorkingSet : settled;
            }

            while (engine.Running.Count > 0)
            {
                engine.Step();
            }

            Assert.Equal(cache.NodeCount, engine.States.Count);
            Assert.Equal(engine.States.KvBytes + engine.States.RecurrentBytes, NativeBlock.Held - before);
            Assert.Equal(Llama.Model.Shape.KvBytes(cache.KvTokens), engine.States.KvBytes);
            Assert.True(cache.LeafEvictions > 100, "room was made");
            Assert.InRange(Environment.WorkingSet - settled, long.MinValue, 100_000_000);
        }

        Assert.Equal(before, NativeBlock.Held);
    }

    [SkippableFact]
    public void AFileWithoutTensorsIsRefused()
    {
        Skip.If(LlamaLibrary.Fault is not null, LlamaLibrary.Fault);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        try
        {
            var file = new GgufWriter();
            file.Add("general.architecture", "granitehybrid");
            foreach ((string key, int value) in ((string, int)[])[("block_count", 2), ("embedding_length", 64), ("feed_forward_length", 64), ("attention.head_count", 2), ("ssm.conv_kernel", 4), ("ssm.inner_size", 128), ("ssm.state_size", 16), ("ssm.time_step_rank", 2), ("ssm.group_count", 1)])
            {
                file.Add("granitehybrid." + key, value);
            }

            file.Add("granitehybrid.attention.head_count_kv", [0, 1]);
            file.Write(path);
            Assert.Contains("llama.cpp refuses the model", Assert.Throws<SquelchException>(() => new LlamaModel(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Cut anywhere: in the metadata, the table of tensors, and the numbers.</summary>
    [SkippableTheory]
    [MemberData(nameof(Llama.Architectures), MemberType = typeof(Llama))]
    public void AFileThatIsCutOffIsRefused(string architecture)
    {
        Skip.If(LlamaLibrary.Fault is not null, LlamaLibrary.Fault);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
        try
        {
            TinyHybrid.Write(path, architecture);
            byte[] whole = File.ReadAllBytes(path);
            foreach (int length in (int[])[0, 20, 500, 2000, whole.Length / 2, whole.Length - 64])
            {
                File.WriteAllBytes(path, whole[..length]);
                Assert.StartsWith(path, Assert.Throws<SquelchException>(() => new LlamaModel(path)).Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [SkippableTheory]
    [InlineData("--save-model", "--requests 1 --check")]
    [InlineData("--chart", "--requests 1")]
    public void AFileThatCannotBeWrittenIsNamed(string option, string others)
    {
        Skip.If(LlamaLibrary.Fault is not null, LlamaLibrary.Fault);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "file");
        TextWriter before = Console.Error;
        using var said = new StringWriter();
        Console.SetError(said);
        try
        {
            Assert.Equal(1, typeof(Arguments).Assembly.EntryPoint!.Invoke(null, [(string[])[.. others.Split(' '), option, path]]));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.StartsWith("error: ", said.ToString(), StringComparison.Ordinal);
        Assert.Contains(path, said.ToString(), StringComparison.Ordinal);
        Assert.Contains(option, said.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--architecture llama", "The tiny model can be granitehybrid, nemotron_h, falcon-h1")]
    [InlineData("--architecture Falcon-H1", "'Falcon-H1'")]
    [InlineData("--architecture", "--architecture needs a value")]
    [InlineData("--model a.gguf --architecture falcon-h1", "Leave one out")]
    [InlineData("--chekc", "'--chekc' is not known")]
    [InlineData("--model", "--model needs a value")]
    [InlineData("--requests 0", "It must be a whole number from 1")]
    [InlineData("--model a.gguf --save-model b.gguf", "Leave one out")]
    public void AWrongCommandLineIsRefused(string line, string fault)
        => Assert.Contains(fault, Assert.Throws<SquelchException>(() => Arguments.Parse(line.Split(' '))).Message, StringComparison.Ordinal);
}
