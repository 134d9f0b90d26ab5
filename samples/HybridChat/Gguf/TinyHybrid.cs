namespace HybridChat;

/// <summary>
/// A hybrid of six layers with random weights, as small as llama.cpp takes it: four of Mamba-2, two of attention, each with an MLP. It says nothing sensible, but
/// takes the time, and keeps the states, of a model of its shape. Its widths are no multiples of four, as llama.cpp's fast matrix kernels want them, so that it takes the
/// same ones for one token as for many: then no bit depends on how a prompt is cut into batches, and what is reused can be compared bit for bit.
/// </summary>
internal static class TinyHybrid
{
    /// <summary>Token ids from 0 on.</summary>
    public const int Vocabulary = 2562;

    private const int Hidden = 130;
    private const int Inner = 2 * Hidden;
    private const int State = 64;
    private const int MambaHeads = 2;
    private const int Taps = 4;
    private const int Heads = 4;
    private const int KvHeads = 2;
    private const int HeadDim = 34;
    private const int Intermediate = 258;
    private const int Channels = Inner + (2 * State);
    private static readonly bool[] s_isAttention = [false, false, true, false, false, true];

    /// <summary>Writes it to a file; the same seed gives the same bytes.</summary>
    public static void Write(string path, int seed = 1)
    {
        var file = new GgufWriter();
        AddMetadata(file);
        var random = new Random(seed);
        Matrix("token_embd.weight", Hidden, Vocabulary, scale: 1);
        Vector("output_norm.weight", Hidden, 1);
        for (int layer = 0; layer < s_isAttention.Length; layer++)
        {
            string block = $"blk.{layer}.";
            Vector(block + "attn_norm.weight", Hidden, 1);
            if (s_isAttention[layer])
            {
                Matrix(block + "attn_q.weight", Hidden, Heads * HeadDim);
                Matrix(block + "attn_k.weight", Hidden, KvHeads * HeadDim);
                Matrix(block + "attn_v.weight", Hidden, KvHeads * HeadDim);
                Matrix(block + "attn_output.weight", Heads * HeadDim, Hidden);
            }
            else
            {
                Matrix(block + "ssm_in.weight", Hidden, Inner + Channels + MambaHeads);
                file.AddSingle(block + "ssm_conv1d.weight", [Taps, Channels], _ => Draw(0.5f));
                Vector(block + "ssm_conv1d.bias", Channels, 0);
                Vector(block + "ssm_dt.bias", MambaHeads, 0);
                // Each head forgets at its own speed, from slow to fast.
                file.AddSingle(block + "ssm_a", [1, MambaHeads], head => -0.02f - (0.98f * head / (MambaHeads - 1)));
                file.AddSingle(block + "ssm_d", [1, MambaHeads], _ => 1);
                file.AddSingle(block + "ssm_norm.weight", [Inner, 1], _ => 1);
                Matrix(block + "ssm_out.weight", Inner, Hidden);
            }

            Vector(block + "ffn_norm.weight", Hidden, 1);
            Matrix(block + "ffn_gate.weight", Hidden, Intermediate);
            Matrix(block + "ffn_up.weight", Hidden, Intermediate);
            Matrix(block + "ffn_down.weight", Intermediate, Hidden);
        }

        file.Write(path);

        float Draw(float scale) => ((2 * random.NextSingle()) - 1) * scale;

        void Matrix(string name, int rows, int columns, float? scale = null)
            => file.AddHalf(name, [rows, columns], _ => Draw(scale ?? (1 / MathF.Sqrt(rows))));

        void Vector(string name, int length, float value) => file.AddSingle(name, [length], _ => value);
    }

    private static void AddMetadata(GgufWriter file)
    {
        const string Architecture = "granitehybrid";
        file.Add("general.architecture", Architecture);
        file.Add("general.name", "tiny-hybrid");
        file.Add(Architecture + ".vocab_size", Vocabulary);
        file.Add(Architecture + ".context_length", 8192);
        file.Add(Architecture + ".embedding_length", Hidden);
        file.Add(Architecture + ".block_count", s_isAttention.Length);
        file.Add(Architecture + ".feed_forward_length", Intermediate);
        file.Add(Architecture + ".attention.head_count", Heads);
        file.Add(Architecture + ".attention.head_count_kv", [.. s_isAttention.Select(attention => attention ? KvHeads : 0)]);
        file.Add(Architecture + ".attention.key_length", HeadDim);
        file.Add(Architecture + ".attention.value_length", HeadDim);
        file.Add(Architecture + ".attention.layer_norm_rms_epsilon", 1e-5f);
        file.Add(Architecture + ".logit_scale", 1f);
        file.Add(Architecture + ".rope.dimension_count", HeadDim);
        file.Add(Architecture + ".rope.freq_base", 10_000f);
        file.Add(Architecture + ".ssm.conv_kernel", Taps);
        file.Add(Architecture + ".ssm.inner_size", Inner);
        file.Add(Architecture + ".ssm.state_size", State);
        file.Add(Architecture + ".ssm.time_step_rank", MambaHeads);
        file.Add(Architecture + ".ssm.group_count", 1);
        file.Add("tokenizer.ggml.model", "no_vocab");
    }
}
