namespace Squelch.Lab;

/// <summary>
/// Reads logs of KV events as vLLM, SGLang, TensorRT-LLM and Dynamo write them. A chain of blocks that was stored, with all that it hangs from, is a
/// request. docs/formats.md says what is read and what is left out.
/// </summary>
internal sealed class KvEventFormat : TraceFormat
{
    public override string Name => "KV events";

    public override string Looks => "KV events (JSON with events or a BlockStored, of vLLM, SGLang, TensorRT-LLM or Dynamo, as they are or under payload)";

    public override bool Recognises(TraceSample sample) => sample.Records.Any(KvEventShape.Holds);

    /// <summary>The stored chains as a trace of blocks.</summary>
    /// <exception cref="SquelchException">An event cannot be understood, block sizes differ, or nothing was stored.</exception>
    public override Trace Load(TraceInput input, TraceReading reading)
    {
        var log = new KvEventLog(input.Name, reading.Rank);
        string header = "";
        foreach (JsonRecord record in JsonValues.Read(input, reading))
        {
            var origin = new KvEventOrigin { Place = new(input.Name, record.Line) };
            try
            {
                if (record.Number == 1 && KvEventRecords.IsHeader(record.Value))
                {
                    header = KvEventRecords.Names(record.Value);
                    continue;
                }

                foreach (KvEvent known in KvEventRecords.Read(record.Value, origin))
                {
                    log.Add(known);
                }
            }
            catch (InvalidOperationException broken)
            {
                // The fields are asked for their kind before they are read, so only half a character is left to go wrong.
                throw origin.Place.Error("a text in it is no Unicode text", "Write the log as UTF-8", broken);
            }
        }

        KvChains chosen = log.Chosen();
        int blockTokens = chosen.BlockTokens > 0 ? chosen.BlockTokens : chosen.MostTokens > 0 ? chosen.MostTokens : KvEventLog.AssumedBlockTokens;
        return new(TraceReader.NameOf(input.Name), blockTokens, log.Requests(chosen, blockTokens))
        {
            Format = input.Describe($"{Name} ({chosen.Engine})"),
            Notes = [.. KvEventNotes.Of(log, chosen, blockTokens, reading.Rank is null), .. (string[])(header.Length > 0 ? [$"The first record holds no event and is left out (its properties are {header})."] : [])],
        };
    }
}
