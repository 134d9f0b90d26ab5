using System.Text.Json;

namespace Squelch.Lab;

/// <summary>Reads events of blocks that were stored: with hashes and tokens side by side, as vLLM and SGLang write them, or block by block, as TensorRT-LLM and Dynamo do.</summary>
internal static class StoredBlocks
{
    /// <summary>The blocks, or a copy of them in another tier.</summary>
    /// <exception cref="SquelchException">The event cannot be understood.</exception>
    public static KvEvent Read(KvEventFields stored)
    {
        JsonElement? blocks = stored.Get("blocks");
        JsonElement list = blocks is null ? stored.RequireList("block_hashes", "seq_hashes") : stored.RequireList("blocks");
        string? tier = KvTier.Of(stored) ?? (blocks is null ? null : LevelOf(list));
        if (tier is not null)
        {
            return new BlocksCopied(stored.Origin, tier, list.GetArrayLength());
        }

        string? parent = stored.Get("parent_block_hash", "parent_hash") is { } hash ? stored.HashOf(hash) : null;
        string? spec = stored.Text("kv_cache_spec_kind");
        var group = new KvGroup(stored.Whole("group_idx") ?? 0, stored.Origin.Window)
        {
            IsFullAttention = spec is not null && (spec.Contains("full", StringComparison.OrdinalIgnoreCase) || spec.StartsWith("mla", StringComparison.OrdinalIgnoreCase)),
        };
        return blocks is null ? Together(stored, group, parent, list) : OneByOne(stored, group, parent, list);
    }

    private static BlocksStored Together(KvEventFields stored, KvGroup group, string? parent, JsonElement list)
    {
        JsonElement told = stored.Require("block_size");
        if (told.ValueKind != JsonValueKind.Number || !told.TryGetInt64(out long size))
        {
            throw stored.Error($"has the block_size {Shown(told)}", "Write the tokens of a block as a whole number");
        }

        string[] hashes = [.. list.EnumerateArray().Select(stored.HashOf)];
        var found = new BlocksStored(stored.Origin, "vLLM or SGLang", group, parent, [.. hashes.Select(hash => new KvBlock(hash, 0, 0))], (int)Math.Clamp(size, 0, int.MaxValue));
        if (size is < 1 or > BlockHashLines.LargestBlock)
        {
            return found with { Fault = stored.Error($"has the block_size {size}", $"Blocks on the device hold 1 to {BlockHashLines.LargestBlock} tokens; copies in other tiers need their medium") };
        }

        if (stored.Get("token_ids") is not { } tokens)
        {
            return found;
        }

        int count = tokens.ValueKind == JsonValueKind.Array ? tokens.GetArrayLength() : throw stored.Error("has token_ids that are no list", "Write token ids as a list, or leave them out");
        if (count == 0)
        {
            return found;
        }

        long most = hashes.Length * size;
        return count > most || count <= most - size
            ? found with { Fault = stored.Error($"has {count} token_ids for {hashes.Length} {(hashes.Length == 1 ? "hash" : "hashes")} of {size} tokens", "Record the log again; where the hashes are right, remove token_ids, which are only checked") }
            : found with { Blocks = Filled(stored, hashes, tokens, (int)size) };
    }

    /// <summary>Cuts tokens into blocks, the last of which may be partial.</summary>
    private static List<KvBlock> Filled(KvEventFields stored, string[] hashes, JsonElement tokens, int size)
    {
        List<KvBlock> blocks = new(hashes.Length);
        ulong content = HashMix.Step;
        int held = 0;
        foreach (JsonElement token in tokens.EnumerateArray())
        {
            content = Fold(content, token, stored);
            if (++held == size)
            {
                blocks.Add(new(hashes[blocks.Count], held, content));
                (held, content) = (0, HashMix.Step);
            }
        }

        if (held > 0)
        {
            blocks.Add(new(hashes[blocks.Count], held, content));
        }

        return blocks;
    }

    private static BlocksStored OneByOne(KvEventFields stored, KvGroup group, string? parent, JsonElement list)
    {
        List<KvBlock> blocks = new(list.GetArrayLength());
        bool hasTokens = false;
        foreach (JsonElement block in list.EnumerateArray())
        {
            if (block.ValueKind != JsonValueKind.Object || KvEventFields.Get(block, "block_hash") is not { } hash)
            {
                throw stored.Error("has a block without block_hash", "Write events as the engine gives them");
            }

            KvEventRecords.RequireOnce(block, stored.Origin);
            ulong content = HashMix.Step;
            int held = 0;
            if (KvEventFields.Get(block, "tokens") is { ValueKind: JsonValueKind.Array } tokens)
            {
                hasTokens = true;
                foreach (JsonElement token in tokens.EnumerateArray())
                {
                    content = Fold(content, token, stored);
                    held++;
                }
            }

            foreach (char letter in KvEventFields.Get(block, "tokens_hash") is { } known ? stored.HashOf(known) : "")
            {
                content = HashMix.Fold(content, letter);
            }

            blocks.Add(new(stored.HashOf(hash), held, content == HashMix.Step ? 0 : content));
        }

        return new(stored.Origin, hasTokens || stored.Origin.Window > 0 ? "TensorRT-LLM" : "Dynamo", group, parent, blocks, stored.Origin.BlockTokens);
    }

    /// <summary>The tier of blocks that all lie below the first level; null where one lies on the device.</summary>
    private static string? LevelOf(JsonElement blocks)
    {
        long highest = long.MaxValue;
        foreach (JsonElement block in blocks.EnumerateArray())
        {
            if (block.ValueKind != JsonValueKind.Object || KvEventFields.Get(block, "cache_level") is not { ValueKind: JsonValueKind.Number } level || !level.TryGetInt64(out long at) || at < 1)
            {
                return null;
            }

            highest = Math.Min(highest, at);
        }

        return highest < long.MaxValue ? $"cache level {highest}" : null;
    }

    /// <summary>A token is a number, a pair of them (speculative decoding) or an object with token_id.</summary>
    private static ulong Fold(ulong content, JsonElement token, KvEventFields stored)
    {
        switch (token.ValueKind)
        {
            case JsonValueKind.Number when token.TryGetInt64(out long id):
                return HashMix.Fold(HashMix.Fold(content, (uint)id), (uint)(id >> 32));
            case JsonValueKind.Array when token.GetArrayLength() == 2 && token[0].ValueKind == JsonValueKind.Number && token[1].ValueKind == JsonValueKind.Number:
                return Fold(Fold(content, token[0], stored), token[1], stored);
            case JsonValueKind.Object when KvEventFields.Get(token, "token_id") is { ValueKind: JsonValueKind.Number } id:
                return Fold(content, id, stored) ^ (KvEventFields.Get(token, "token_extra_id") is { ValueKind: JsonValueKind.Number } extra ? Fold(0, extra, stored) : 0);
            default:
                throw stored.Error($"has {Shown(token)} among its tokens", "Token ids are whole numbers");
        }
    }

    private static string Shown(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 24 ? text : text[..24] + "..";
    }
}
