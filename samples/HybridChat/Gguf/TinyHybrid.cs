namespace HybridChat;

/// <summary>
/// A hybrid with random weights, as small as llama.cpp takes it. It says nothing sensible, but takes the time, and keeps the states, of a model of its shape. No matrix has a
/// multiple of four rows whose length is a multiple of eight, as llama.cpp's fast kernels want them, so that it takes the same kernels for one token as for many: then no bit
/// depends on how a prompt is cut into batches, and what is reused can be compared bit for bit. Rows are at most a few numbers longer than a multiple of 64: the rest is computed one by one, which is slow.
/// </summary>
internal static class TinyHybrid
{
    /// <summary>Token ids from 0 on.</summary>
    public const int Vocabulary = 2562;

    /// <summary>The architecture that is written unless another is asked for.</summary>
    public const string Granite = "granitehybrid";

    private const int Hidden = 129;
    private const int Inner = 2 * Hidden;
    private const int State = 64;
    private const int MambaHeads = 2;
    private const int Taps = 4;
    private const int Heads = 2;
    private const int KvHeads = 1;
    private const int HeadDim = 66;
    private const int Intermediate = 257;

    /// <summary>Layers of Mamba-2 or attention, each with an MLP; the same parts in layers of their own; layers of all three side by side.</summary>
    private static readonly Form[] s_forms =
    [
        new(Granite, Groups: 1, [Parts.Mamba | Parts.Mlp, Parts.Mamba | Parts.Mlp, Parts.Attention | Parts.Mlp, Parts.Mamba | Parts.Mlp, Parts.Mamba | Parts.Mlp, Parts.Attention | Parts.Mlp]),
        new("nemotron_h", Groups: 2, [Parts.Mamba, Parts.Mlp, Parts.Mamba, Parts.Mlp, Parts.Attention, Parts.Mlp, Parts.Mamba, Parts.Mlp, Parts.Mamba, Parts.Attention]),
        new("falcon-h1", Groups: 1, [Parts.Mamba | Parts.Attention | Parts.Mlp, Parts.Mamba | Parts.Attention | Parts.Mlp, Parts.Mamba | Parts.Attention | Parts.Mlp]),
    ];

    [Flags]
    private enum Parts
    {
        Mamba = 1,
        Attention = 2,
        Mlp = 4,
    }

    /// <summary>What it can be written as, by llama.cpp's names.</summary>
    public static IEnumerable<string> Architectures => s_forms.Select(form => form.Architecture);

    /// <summary>Writes it to a file; the same seed gives the same bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architecture">One of <see cref="Architectures"/>.</param>
    /// <param name="seed">Of the weights.</param>
    public static void Write(string path, string architecture = Granite, int seed = 1)
    {
        Form form = s_forms.Single(form => form.Architecture == architecture);
        var file = new GgufWriter();
        AddMetadata(file, form);
        new Weights(file, new Random(seed)).Add(form);
        file.Write(path);
    }

    private static void AddMetadata(GgufWriter file, Form form)
    {
        string architecture = form.Architecture;
        file.Add("general.architecture", architecture);
        file.Add("general.name", architecture == Granite ? "tiny-hybrid" : "tiny-" + architecture);
        file.Add(architecture + ".vocab_size", Vocabulary);
        file.Add(architecture + ".context_length", 8192);
        file.Add(architecture + ".embedding_length", Hidden);
        file.Add(architecture + ".block_count", form.Layers.Length);
        file.Add(architecture + ".feed_forward_length", [.. form.Layers.Select(parts => parts.HasFlag(Parts.Mlp) ? Intermediate : 0)]);
        file.Add(architecture + ".attention.head_count", Heads);
        file.Add(architecture + ".attention.head_count_kv", [.. form.Layers.Select(parts => parts.HasFlag(Parts.Attention) ? KvHeads : 0)]);
        file.Add(architecture + ".attention.key_length", HeadDim);
        file.Add(architecture + ".attention.value_length", HeadDim);
        file.Add(architecture + ".attention.layer_norm_rms_epsilon", 1e-5f);
        file.Add(architecture + ".logit_scale", 1f);
        file.Add(architecture + ".rope.dimension_count", HeadDim);
        file.Add(architecture + ".rope.freq_base", 10_000f);
        file.Add(architecture + ".ssm.conv_kernel", Taps);
        file.Add(architecture + ".ssm.inner_size", Inner);
        file.Add(architecture + ".ssm.state_size", State);
        file.Add(architecture + ".ssm.time_step_rank", MambaHeads);
        file.Add(architecture + ".ssm.group_count", form.Groups);
        file.Add("tokenizer.ggml.model", "no_vocab");
    }

    /// <summary>How the layers are put together.</summary>
    /// <param name="Architecture">llama.cpp's name of it.</param>
    /// <param name="Groups">Groups of Mamba-2 heads that share their B and C.</param>
    /// <param name="Layers">The parts of each layer.</param>
    private sealed record Form(string Architecture, int Groups, Parts[] Layers);

    private sealed class Weights(GgufWriter file, Random random)
    {
        public void Add(Form form)
        {
            Matrix("token_embd.weight", Hidden, Vocabulary, scale: 1);
            Vector("output_norm.weight", Hidden, 1);
            for (int layer = 0; layer < form.Layers.Length; layer++)
            {
                string block = $"blk.{layer}.";
                Parts parts = form.Layers[layer];
                Vector(block + "attn_norm.weight", Hidden, 1);
                if (parts.HasFlag(Parts.Attention))
                {
                    AddAttention(block);
                }

                if (parts.HasFlag(Parts.Mamba))
                {
                    AddMamba(block, form.Groups);
                }

                if (parts.HasFlag(Parts.Mlp))
                {
                    // llama.cpp looks for the norm of falcon-h1 under a name without an ending.
                    AddMlp(block, parts == Parts.Mlp ? null : parts.HasFlag(Parts.Mamba | Parts.Attention) ? "ffn_norm" : "ffn_norm.weight");
                }
            }
        }

        private void AddAttention(string block)
        {
            Matrix(block + "attn_q.weight", Hidden, Heads * HeadDim);
            Matrix(block + "attn_k.weight", Hidden, KvHeads * HeadDim);
            Matrix(block + "attn_v.weight", Hidden, KvHeads * HeadDim);
            Matrix(block + "attn_output.weight", Heads * HeadDim, Hidden);
        }

        private void AddMamba(string block, int groups)
        {
            int channels = Inner + (2 * groups * State);
            Matrix(block + "ssm_in.weight", Hidden, Inner + channels + MambaHeads);
            file.AddSingle(block + "ssm_conv1d.weight", [Taps, channels], _ => Draw(0.5f));
            Vector(block + "ssm_conv1d.bias", channels, 0);
            Vector(block + "ssm_dt.bias", MambaHeads, 0);
            // Each head forgets at its own speed, from slow to fast.
            file.AddSingle(block + "ssm_a", [1, MambaHeads], head => -0.02f - (0.98f * head / (MambaHeads - 1)));
            file.AddSingle(block + "ssm_d", [1, MambaHeads], _ => 1);
            file.AddSingle(block + "ssm_norm.weight", [Inner / groups, groups], _ => 1);
            Matrix(block + "ssm_out.weight", Inner, Hidden);
        }

        /// <summary>An MLP in a layer of its own has the layer's norm, and no gate.</summary>
        private void AddMlp(string block, string? norm)
        {
            if (norm is not null)
            {
                Vector(block + norm, Hidden, 1);
                Matrix(block + "ffn_gate.weight", Hidden, Intermediate);
            }

            Matrix(block + "ffn_up.weight", Hidden, Intermediate);
            Matrix(block + "ffn_down.weight", Intermediate, Hidden);
        }

        private float Draw(float scale) => ((2 * random.NextSingle()) - 1) * scale;

        private void Matrix(string name, int rows, int columns, float? scale = null)
            => file.AddHalf(name, [rows, columns], _ => Draw(scale ?? (1 / MathF.Sqrt(rows))));

        private void Vector(string name, int length, float value) => file.AddSingle(name, [length], _ => value);
    }
}
