namespace Squelch.Lab;

/// <summary>
/// Token traces, as Marconi's trace generators write them: ts in seconds, input_tokens and output_tokens; session_id, num_input_tokens
/// and num_output_tokens may be absent. A page is a token.
/// </summary>
internal sealed class TokenLines : RequestLines
{
    private readonly PooledBuffer<int> _input = new();
    private readonly PooledBuffer<int> _output = new();

    public override string Name => "token ids (Marconi's JSON lines)";

    public override int PageTokens => 1;

    public override Request Parse(JsonLine json)
    {
        Fields fields = Read(ref json);
        (int input, int output) = (fields.Input, fields.Output);
        if (input < 0 || output < 0 || fields.Arrival.IsMissing)
        {
            throw Missing(json.Line, input < 0 ? "input_tokens" : output < 0 ? "output_tokens" : "ts");
        }

        RequireCount(json.Line, "input", fields.DeclaredInput, input);
        RequireCount(json.Line, "output", fields.DeclaredOutput, output);
        RequireInput(json.Line, "input_tokens", input);
        int[] pages = GC.AllocateUninitializedArray<int>(checked(input + output));
        _input.Items.AsSpan(0, input).CopyTo(pages);
        _output.Items.AsSpan(0, output).CopyTo(pages.AsSpan(input));
        return new()
        {
            Pages = pages,
            InputPages = input,
            InputTokens = input,
            OutputTokens = output,
            Time = Arrive(json.Line, "ts", fields.Arrival, unitsPerSecond: 1, fields.Session),
            Session = fields.Session,
        };
    }

    private Fields Read(ref JsonLine json)
    {
        var fields = new Fields();
        uint seen = 0;
        while (json.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("input_tokens"u8))
            {
                Once(ref seen, 0, json.Line, "input_tokens");
                fields.Input = json.Tokens("input_tokens", _input);
            }
            else if (name.SequenceEqual("output_tokens"u8))
            {
                Once(ref seen, 1, json.Line, "output_tokens");
                fields.Output = json.Tokens("output_tokens", _output);
            }
            else if (name.SequenceEqual("ts"u8))
            {
                Once(ref seen, 2, json.Line, "ts");
                fields.Arrival = At(ref json, "ts", fields.Arrival);
            }
            else if (name.SequenceEqual("delay"u8))
            {
                Once(ref seen, 6, json.Line, "delay");
                fields.Arrival = After(ref json, "delay", fields.Arrival);
            }
            else if (name.SequenceEqual("session_id"u8))
            {
                Once(ref seen, 3, json.Line, "session_id");
                fields.Session = SessionOf(ref json, "session_id");
            }
            else if (name.SequenceEqual("num_input_tokens"u8))
            {
                Once(ref seen, 4, json.Line, "num_input_tokens");
                fields.DeclaredInput = WholeOrNone(ref json, "num_input_tokens");
            }
            else if (name.SequenceEqual("num_output_tokens"u8))
            {
                Once(ref seen, 5, json.Line, "num_output_tokens");
                fields.DeclaredOutput = WholeOrNone(ref json, "num_output_tokens");
            }
            else
            {
                json.Skip();
            }
        }

        return fields;
    }

    public override void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
    }

    private static void RequireCount(TraceLine line, string side, long declared, int count)
    {
        if (declared >= 0 && declared != count)
        {
            throw line.Error($"num_{side}_tokens is {declared}, but {side}_tokens has {count}", "The line was cut or edited: write it again, or remove the number");
        }
    }

    /// <summary>What a line says; -1 where it does not.</summary>
    private struct Fields()
    {
        public Arrival Arrival = default;
        public long Session = -1;
        public long DeclaredInput = -1;
        public long DeclaredOutput = -1;
        public int Input = -1;
        public int Output = -1;
    }
}
