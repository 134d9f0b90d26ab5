namespace Squelch.Lab;

/// <summary>
/// Token traces, as Marconi's trace generators write them: ts in seconds, input_tokens and output_tokens; session_id, num_input_tokens
/// and num_output_tokens may be absent. A page is a token.
/// </summary>
internal sealed class MarconiFormat : TraceFormat
{
    private readonly PooledBuffer<int> _input = new();
    private readonly PooledBuffer<int> _output = new();

    public override string Name => "token ids (Marconi's JSON lines)";

    public override int PageTokens => 1;

    public override Request Parse(JsonLine json)
    {
        uint seen = 0;
        double time = 0;
        long session = -1;
        long declaredInput = -1;
        long declaredOutput = -1;
        int input = -1;
        int output = -1;
        while (json.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("input_tokens"u8))
            {
                Once(ref seen, 0, json.Line, "input_tokens");
                input = json.Tokens("input_tokens", _input);
            }
            else if (name.SequenceEqual("output_tokens"u8))
            {
                Once(ref seen, 1, json.Line, "output_tokens");
                output = json.Tokens("output_tokens", _output);
            }
            else if (name.SequenceEqual("ts"u8))
            {
                Once(ref seen, 2, json.Line, "ts");
                time = json.Number("ts");
            }
            else if (name.SequenceEqual("session_id"u8))
            {
                session = json.Null() ? -1 : json.Whole("session_id");
            }
            else if (name.SequenceEqual("num_input_tokens"u8))
            {
                declaredInput = json.Null() ? -1 : json.Whole("num_input_tokens");
            }
            else if (name.SequenceEqual("num_output_tokens"u8))
            {
                declaredOutput = json.Null() ? -1 : json.Whole("num_output_tokens");
            }
            else
            {
                json.Skip();
            }
        }

        if (input < 0 || output < 0 || (seen & 4) == 0)
        {
            throw Missing(json.Line, input < 0 ? "input_tokens" : output < 0 ? "output_tokens" : "ts");
        }

        RequireCount(json.Line, "input", declaredInput, input);
        RequireCount(json.Line, "output", declaredOutput, output);
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
            Time = Arrive(json.Line, "ts", time, unitsPerSecond: 1),
            Session = session,
        };
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
}
