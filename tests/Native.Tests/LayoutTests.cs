using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Squelch.Native.Tests;

/// <summary>What a C compiler makes of squelch.h is what the library reads and writes.</summary>
public partial class LayoutTests
{
    /// <summary>Each struct of the header, and which field of ours each of its fields is.</summary>
    private static readonly Dictionary<string, (Type Type, string[] Fields)> s_structs = new()
    {
        ["sq_hints"] = (typeof(HintsStruct), ["Size", "Given", "Priority", "Expires", "NextUse", "Turn", "SessionGap", "Category", "Cost", "SessionGapSpread", "Session"]),
        ["sq_lease"] = (typeof(LeaseStruct), ["Cache", "Lease.HitTokens", "Lease.BranchTokens", "Lease.Cache"]),
        ["sq_planned"] = (typeof(PlannedStruct), ["Tokens", "Checkpoint"]),
        ["sq_action"] = (typeof(ActionStruct), ["Kind", "Tokens", "Handle", "Other"]),
        ["sq_result"] = (typeof(ResultStruct), ["Size", "Admitted", "Count", "Reserved", "Actions"]),
        ["sq_stats"] = (typeof(StatsStruct), ["Size", "OpenLeases", "Now", "Lookups", "NotAdmitted", "LeafEvictions", "JoinEvictions", "Nodes", "Checkpoints", "KvTokens", "Bytes", "PeakBytes", "StructureBytes"]),
        ["sq_op"] = (typeof(PoolChange), ["Kind", "Slot", "Parent", "EndTokens", "Tokens", "Flags", "Bytes", "Key", "Now", "Priority", "Flops"]),
        ["sq_op_hints"] = (typeof(PoolChange), ["Kind", "Slot", "Parent", "Bytes", "Key", "Now", "Priority", "Flops"]),
    };

    private static readonly Dictionary<string, int> s_constants = new()
    {
        ["SQ_ABI_MAJOR"] = LibraryExports.Major,
        ["SQ_ABI_MINOR"] = LibraryExports.Minor,
        ["SQ_OK"] = Codes.Ok,
        ["SQ_ARGUMENT"] = Codes.Argument,
        ["SQ_STATE"] = Codes.State,
        ["SQ_UNKNOWN"] = Codes.Unknown,
        ["SQ_TOO_FEW"] = Codes.TooFew,
        ["SQ_UNSUPPORTED"] = Codes.Unsupported,
        ["SQ_INSIDE"] = Codes.Inside,
        ["SQ_HINT_PRIORITY"] = (int)HintBits.Priority,
        ["SQ_HINT_EXPIRES"] = (int)HintBits.Expires,
        ["SQ_HINT_NEXT_USE"] = (int)HintBits.NextUse,
        ["SQ_HINT_TURN"] = (int)HintBits.Turn,
        ["SQ_HINT_SESSION_GAP"] = (int)HintBits.SessionGap,
        ["SQ_HINT_CATEGORY"] = (int)HintBits.Category,
        ["SQ_HINT_COST"] = (int)HintBits.Cost,
        ["SQ_HINT_SESSION_GAP_SPREAD"] = (int)HintBits.SessionGapSpread,
        ["SQ_HINT_SESSION"] = (int)HintBits.Session,
        ["SQ_TICK"] = NativeCache.Tick,
        ["SQ_ACTION_FREE"] = (int)StateActionKind.Free,
        ["SQ_ACTION_JOIN"] = (int)StateActionKind.Join,
        ["SQ_ACTION_SPLIT"] = (int)StateActionKind.Split,
        ["SQ_ACTION_DECLINE"] = (int)StateActionKind.Decline,
        ["SQ_ACTION_FREE_CHECKPOINT"] = (int)StateActionKind.FreeCheckpoint,
        ["SQ_ACTION_TRIM"] = (int)StateActionKind.Trim,
        ["SQ_OP_INSERT"] = (int)PoolChangeKind.Insert,
        ["SQ_OP_HIT"] = (int)PoolChangeKind.Hit,
        ["SQ_OP_TOUCH"] = (int)PoolChangeKind.Touch,
        ["SQ_OP_RELEASE"] = (int)PoolChangeKind.Release,
        ["SQ_OP_HOLD"] = (int)PoolChangeKind.Hold,
        ["SQ_OP_EDGE"] = (int)PoolChangeKind.Edge,
        ["SQ_OP_REMOVE"] = (int)PoolChangeKind.Remove,
        ["SQ_OP_EVICT"] = (int)PoolChangeKind.Evict,
        ["SQ_OP_ARRIVE"] = (int)PoolChangeKind.Arrive,
        ["SQ_OP_HINTS"] = (int)PoolChangeKind.Hints,
        ["SQ_OP_SESSION"] = (int)PoolChangeKind.Session,
        ["SQ_NO_SLOT"] = VictimPool.None,
        ["SQ_FLAG_CHECKPOINT"] = (int)PoolFlags.Checkpoint,
        ["SQ_FLAG_HELD"] = (int)PoolFlags.Held,
    };

    private static string Header => Regex.Replace(File.ReadAllText(Path.Combine(CProgram.Include, "squelch.h")), @"/\*.*?\*/", "", RegexOptions.Singleline);

    [Fact]
    public void EveryStructAndEveryConstantIsTheSameInC()
    {
        string[] constants = [.. ConstantPattern().Matches(Header).Select(match => match.Groups[1].Value)];
        Assert.Equal(constants.Order(StringComparer.Ordinal), s_constants.Keys.Order(StringComparer.Ordinal));
        var lines = new StringBuilder();
        var expected = new StringBuilder();
        foreach (Match match in StructPattern().Matches(Header))
        {
            string name = match.Groups[2].Value;
            (Type type, string[] ours) = s_structs[name];
            string[] fields = [.. FieldPattern().Matches(match.Groups[1].Value).Select(field => field.Groups[1].Value)];
            Assert.True(fields.Length == ours.Length, $"{name} has {string.Join(", ", fields)}");
            lines.AppendLine($"SIZE({name});");
            expected.Append($"{name} {SizeOf(type)}\n");
            for (int i = 0; i < fields.Length; i++)
            {
                int end = i + 1 < fields.Length ? OffsetOf(type, ours[i + 1]) : SizeOf(type);
                lines.AppendLine($"FIELD({name}, {fields[i]});");
                expected.Append($"{name}.{fields[i]} {OffsetOf(type, ours[i])} {end - OffsetOf(type, ours[i])}\n");
            }
        }

        foreach (string constant in constants)
        {
            lines.AppendLine($"CONSTANT({constant});");
            expected.Append($"{constant} {s_constants[constant]}\n");
        }

        using var program = CProgram.Compile("layout.c", ("layout.inc", lines.ToString()));
        Assert.Equal(expected.ToString(), program.Run().Output);
    }

    /// <summary>The header is C of 1999, and C++.</summary>
    [Theory]
    [InlineData("-std=c99 -pedantic")]
    [InlineData("-std=c17 -pedantic")]
    public void TheHeaderCompilesWithoutAWarning(string options)
    {
        using var program = CProgram.CompileText("#include \"squelch.h\"\nint main(void) { return SQ_OK; }\n", options);
        Assert.Equal(0, program.Run().Code);
    }

    /// <summary>Whoever finds functions by name finds them all.</summary>
    [Fact]
    public void TheLoaderKnowsEveryFunction()
    {
        string[] declared = [.. FunctionPattern().Matches(Header).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        string loader = File.ReadAllText(Path.Combine(CProgram.Include, "squelch_load.h"));
        Assert.True(declared.Length > 15);
        Assert.Equal(declared, Regex.Matches(loader, @"\bF\((\w+)\)").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static int SizeOf(Type type) => type.GetProperties().Length > 0 && type.StructLayoutAttribute is null ? throw new InvalidOperationException(type.Name) : Marshal.SizeOf(type);

    private static int OffsetOf(Type type, string path)
    {
        int offset = 0;
        foreach (string name in path.Split('.'))
        {
            string field = type.GetField(name) is null ? $"<{name}>k__BackingField" : name;
            offset += (int)Marshal.OffsetOf(type, field);
            type = type.GetField(name)?.FieldType ?? type;
        }

        return offset;
    }

    [GeneratedRegex(@"#define (SQ_\w+) \(?-?\d")]
    private static partial Regex ConstantPattern();

    [GeneratedRegex(@"typedef struct \w+ \{(.*?)\} (\w+);", RegexOptions.Singleline)]
    private static partial Regex StructPattern();

    [GeneratedRegex(@"(\w+)(?:\[\d+\])?;")]
    private static partial Regex FieldPattern();

    [GeneratedRegex(@"^u?int\d+_t sq_(\w+)\(", RegexOptions.Multiline)]
    private static partial Regex FunctionPattern();
}
