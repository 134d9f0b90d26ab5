namespace Squelch.Lab;

/// <summary>
/// Block traces, as Mooncake publishes them: timestamp in milliseconds, input_length, one hash_ids entry per block of the prompt;
/// block_size may be absent (512, Mooncake's) and session_id too. Bailian's have a chat_id: timestamps are in seconds, blocks have 16 tokens, and a chat
/// goes on where another names it as its parent_chat_id. A page is a block. Outputs are not identified, so none are given.
/// </summary>
/// <remarks>
/// The last block is partial. Some traces leave it out: then it becomes a page that no other request has, so that the request keeps its
/// length and nothing unknown is ever reused. Where such pages seldom come again, a checkpoint at their end is lost, and they are dropped.
/// </remarks>
internal sealed class BlockHashLines : RequestLines
{
    /// <summary>Tokens of the largest block.</summary>
    public const int LargestBlock = 1 << 24;

    private const int MooncakeBlock = 512;
    private const int BailianBlock = 16;
    private readonly PooledBuffer<ulong> _ids = new();
    private readonly BlockNumbers _numbers = new();
    private readonly Dictionary<long, long> _sessionOfChat = [];
    private int _blockSize;

    public override string Name => "block hashes (Mooncake's JSON lines)";

    public override int PageTokens => _blockSize;

    public override Request Parse(JsonLine json)
    {
        Fields fields = Read(ref json);
        (long length, int blocks) = (fields.Length, fields.Blocks);
        if (blocks < 0 || length < 0 || fields.Arrival.IsMissing)
        {
            throw Missing(json.Line, blocks < 0 ? "hash_ids" : length < 0 ? "input_length" : "timestamp");
        }

        bool isBailian = fields.Chat >= 0;
        RequireBlockSize(json.Line, fields.BlockSize ?? (isBailian ? BailianBlock : MooncakeBlock));
        int pageCount = CountPages(json.Line, length, blocks);
        RequireInput(json.Line, "input_length", length);
        long session = isBailian && fields.Session < 0 ? SessionOfChat(fields.Chat, fields.ParentChat) : fields.Session;
        int[] pages = GC.AllocateUninitializedArray<int>(pageCount);
        for (int i = 0; i < blocks; i++)
        {
            pages[i] = _numbers.NumberOf(_ids.Items[i]);
        }

        if (pageCount > blocks)
        {
            pages[blocks] = _numbers.Fresh();
        }

        return new()
        {
            Pages = pages,
            InputPages = pageCount,
            InputTokens = (int)length,
            Time = Arrive(json.Line, "timestamp", fields.Arrival, unitsPerSecond: isBailian ? 1 : 1000, session),
            Session = session,
        };
    }

    public override PartialBlockReading Settle(List<Request> requests, PartialBlocks asked)
    {
        int[] holders = new int[_numbers.Count];
        foreach (Request request in requests)
        {
            foreach (int page in request.Pages.Span)
            {
                if (page < holders.Length)
                {
                    holders[page]++;
                }
            }
        }

        Request[] partial = [.. requests.Where(IsPartial)];
        int[] named = [.. partial.Select(request => request.Pages.Span[^1]).Where(page => page < holders.Length)];
        var reading = PartialBlockReading.Decide(asked, partial.Length, named.Length, named.Count(page => holders[page] > 1));
        for (int i = 0; i < requests.Count && reading.Taken == PartialBlocks.Drop; i++)
        {
            requests[i] = IsPartial(requests[i]) ? Dropping(requests[i]) : requests[i];
        }

        return reading;
    }

    private bool IsPartial(Request request) => request.InputTokens < (long)request.InputPages * _blockSize;

    private Request Dropping(Request request) => new()
    {
        Pages = request.Pages,
        InputPages = request.InputPages,
        InputTokens = request.InputTokens,
        DroppedTokens = request.InputTokens - ((request.InputPages - 1) * _blockSize),
        Time = request.Time,
        Session = request.Session,
    };

    private Fields Read(ref JsonLine json)
    {
        var fields = new Fields();
        uint seen = 0;
        while (json.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("hash_ids"u8))
            {
                Once(ref seen, 0, json.Line, "hash_ids");
                fields.Blocks = json.Blocks("hash_ids", _ids);
            }
            else if (name.SequenceEqual("timestamp"u8))
            {
                Once(ref seen, 1, json.Line, "timestamp");
                fields.Arrival = At(ref json, "timestamp", fields.Arrival);
            }
            else if (name.SequenceEqual("input_length"u8))
            {
                Once(ref seen, 2, json.Line, "input_length");
                fields.Length = json.Whole("input_length");
            }
            else if (name.SequenceEqual("block_size"u8))
            {
                Once(ref seen, 3, json.Line, "block_size");
                fields.BlockSize = json.Whole("block_size");
            }
            else if (name.SequenceEqual("chat_id"u8))
            {
                Once(ref seen, 6, json.Line, "chat_id");
                fields.Chat = WholeOrNone(ref json, "chat_id");
            }
            else if (name.SequenceEqual("parent_chat_id"u8))
            {
                Once(ref seen, 7, json.Line, "parent_chat_id");
                fields.ParentChat = json.Null() ? -1 : (long)json.Number("parent_chat_id");
            }
            else if (name.SequenceEqual("delay"u8))
            {
                Once(ref seen, 5, json.Line, "delay");
                fields.Arrival = After(ref json, "delay", fields.Arrival);
            }
            else if (name.SequenceEqual("session_id"u8))
            {
                Once(ref seen, 4, json.Line, "session_id");
                fields.Session = SessionOf(ref json, "session_id");
            }
            else
            {
                json.Skip();
            }
        }

        return fields;
    }

    public override void Dispose() => _ids.Dispose();

    private long SessionOfChat(long chat, long parent)
    {
        long session = _sessionOfChat.GetValueOrDefault(parent, chat);
        _sessionOfChat[chat] = session;
        return session;
    }

    private void RequireBlockSize(TraceLine line, long blockSize)
    {
        if (blockSize is < 1 or > LargestBlock)
        {
            throw line.Error($"block_size is {blockSize}", $"It must be from 1 to {LargestBlock} tokens");
        }

        if (_blockSize != 0 && _blockSize != blockSize)
        {
            throw line.Error($"block_size is {blockSize}, but {_blockSize} on the requests before", "All requests of a trace share one block size: split the trace by it");
        }

        _blockSize = (int)blockSize;
    }

    private int CountPages(TraceLine line, long length, int blocks)
    {
        if (length > int.MaxValue)
        {
            throw line.Error($"input_length is {length}", $"It must be at most {int.MaxValue} tokens");
        }

        long whole = length / _blockSize;
        long all = (length + _blockSize - 1) / _blockSize;
        if (blocks != whole && blocks != all)
        {
            throw line.Error(
                $"hash_ids has {blocks} blocks, but input_length {length} makes {all} blocks of {_blockSize} tokens{Fitting(length, blocks)}",
                whole == all ? "Write one id per block, or correct input_length or block_size" : $"Write one id per block (the partial last one may be left out: {whole}), or correct input_length or block_size");
        }

        return (int)all;
    }

    /// <summary>The sizes of blocks of which the line would be right.</summary>
    private static string Fitting(long length, int blocks)
    {
        long least = blocks == 0 ? 0 : (length + blocks - 1) / blocks;
        long most = blocks < 2 ? least : (length - 1) / (blocks - 1);
        return least < 1 || most < least ? "" : least == most ? $" (block_size {least} would fit)" : $" (a block_size from {least} to {most} would fit)";
    }

    /// <summary>What a line says; -1 where it does not.</summary>
    private struct Fields()
    {
        public Arrival Arrival = default;
        public long Session = -1;
        public long Length = -1;
        public long Chat = -1;
        public long ParentChat = -1;
        public long? BlockSize = null;
        public int Blocks = -1;
    }
}
