using System.Collections.Frozen;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>
/// What the instructions of our kernels compute, by the PTX ISA (version 7.5, section 9.7), on the bits of their registers. An instruction that is not here is
/// refused: approximate, flushing and fused ones among them.
/// </summary>
internal static class PtxOperations
{
    /// <summary>By operation, without the state space of memory.</summary>
    public static FrozenDictionary<string, Func<ulong, ulong, ulong, ulong>> All { get; } = Moves().Concat(Integers()).Concat(Reals()).Concat(Singles()).Concat(Comparisons()).Concat(Conversions())
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static double D(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static float S(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static ulong B(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static ulong B(bool value) => value ? 1UL : 0;

    /// <summary>By zero it is whatever the device likes; nobody may count on it.</summary>
    private static long Quotient(long a, long b) => b == 0 ? 0x5EAD : b == -1 ? -a : a / b;

    /// <inheritdoc cref="Quotient"/>
    private static long Remainder(long a, long b) => b == 0 ? 0x5EAD : b == -1 ? 0 : a % b;

    private static Dictionary<string, Func<ulong, ulong, ulong, ulong>> Moves() => new()
    {
        ["mov.pred"] = (a, _, _) => a,
        ["mov.b32"] = (a, _, _) => (uint)a,
        ["mov.b64"] = (a, _, _) => a,
        ["mov.f64"] = (a, _, _) => a,
        ["selp.b32"] = (a, b, p) => p != 0 ? (uint)a : (uint)b,
        ["selp.b64"] = (a, b, p) => p != 0 ? a : b,
        ["and.pred"] = (a, b, _) => a & b,
        ["or.pred"] = (a, b, _) => a | b,
        ["xor.pred"] = (a, b, _) => a ^ b,
        ["not.pred"] = (a, _, _) => a ^ 1,
    };

    private static Dictionary<string, Func<ulong, ulong, ulong, ulong>> Integers() => new()
    {
        ["add.s32"] = (a, b, _) => (uint)(a + b),
        ["add.s64"] = (a, b, _) => a + b,
        ["add.u32"] = (a, b, _) => (uint)(a + b),
        ["add.u64"] = (a, b, _) => a + b,
        ["sub.s32"] = (a, b, _) => (uint)(a - b),
        ["sub.s64"] = (a, b, _) => a - b,
        ["sub.u32"] = (a, b, _) => (uint)(a - b),
        ["sub.u64"] = (a, b, _) => a - b,
        ["mul.lo.s32"] = (a, b, _) => (uint)(a * b),
        ["mul.lo.u32"] = (a, b, _) => (uint)(a * b),
        ["mul.lo.s64"] = (a, b, _) => a * b,
        ["mul.lo.u64"] = (a, b, _) => a * b,
        ["mul.wide.u32"] = (a, b, _) => (ulong)(uint)a * (uint)b,
        ["mad.lo.u32"] = (a, b, c) => (uint)((a * b) + c),
        ["mad.lo.u64"] = (a, b, c) => (a * b) + c,
        ["mad.wide.u32"] = (a, b, c) => ((ulong)(uint)a * (uint)b) + c,
        ["div.s32"] = (a, b, _) => (uint)Quotient((int)a, (int)b),
        ["div.s64"] = (a, b, _) => (ulong)Quotient((long)a, (long)b),
        ["rem.s32"] = (a, b, _) => (uint)Remainder((int)a, (int)b),
        ["rem.s64"] = (a, b, _) => (ulong)Remainder((long)a, (long)b),
        ["neg.s32"] = (a, _, _) => (uint)(0 - a),
        ["neg.s64"] = (a, _, _) => 0 - a,
        ["min.s32"] = (a, b, _) => (uint)Math.Min((int)a, (int)b),
        ["max.s32"] = (a, b, _) => (uint)Math.Max((int)a, (int)b),
        ["min.s64"] = (a, b, _) => (ulong)Math.Min((long)a, (long)b),
        ["max.s64"] = (a, b, _) => (ulong)Math.Max((long)a, (long)b),
        ["min.u32"] = (a, b, _) => Math.Min((uint)a, (uint)b),
        ["min.u64"] = (a, b, _) => Math.Min(a, b),
        ["max.u64"] = (a, b, _) => Math.Max(a, b),
        ["and.b32"] = (a, b, _) => (uint)(a & b),
        ["and.b64"] = (a, b, _) => a & b,
        ["or.b32"] = (a, b, _) => (uint)(a | b),
        ["or.b64"] = (a, b, _) => a | b,
        ["xor.b32"] = (a, b, _) => (uint)(a ^ b),
        ["xor.b64"] = (a, b, _) => a ^ b,
        ["not.b32"] = (a, _, _) => (uint)~a,
        ["not.b64"] = (a, _, _) => ~a,

        // Shifts by the width and more give what the last bit shifted in gives.
        ["shl.b32"] = (a, b, _) => (uint)b > 31 ? 0 : (uint)a << (int)b,
        ["shl.b64"] = (a, b, _) => (uint)b > 63 ? 0 : a << (int)b,
        ["shr.s32"] = (a, b, _) => (uint)((int)a >> (int)Math.Min((uint)b, 31)),
        ["shr.u32"] = (a, b, _) => (uint)b > 31 ? 0 : (uint)a >> (int)b,
        ["shr.s64"] = (a, b, _) => (ulong)((long)a >> (int)Math.Min((uint)b, 63)),
        ["shr.u64"] = (a, b, _) => (uint)b > 63 ? 0 : a >> (int)b,
    };

    private static Dictionary<string, Func<ulong, ulong, ulong, ulong>> Reals() => new()
    {
        ["add.f64"] = (a, b, _) => B(D(a) + D(b)),
        ["sub.f64"] = (a, b, _) => B(D(a) - D(b)),
        ["mul.f64"] = (a, b, _) => B(D(a) * D(b)),
        ["add.rn.f64"] = (a, b, _) => B(D(a) + D(b)),
        ["sub.rn.f64"] = (a, b, _) => B(D(a) - D(b)),
        ["mul.rn.f64"] = (a, b, _) => B(D(a) * D(b)),
        ["div.rn.f64"] = (a, b, _) => B(D(a) / D(b)),
        ["rcp.rn.f64"] = (a, _, _) => B(1 / D(a)),
        ["sqrt.rn.f64"] = (a, _, _) => B(Math.Sqrt(D(a))),
        ["neg.f64"] = (a, _, _) => B(-D(a)),
        ["abs.f64"] = (a, _, _) => B(Math.Abs(D(a))),
    };

    private static Dictionary<string, Func<ulong, ulong, ulong, ulong>> Singles() => new()
    {
        ["add.rn.f32"] = (a, b, _) => Bits(S(a) + S(b)),
        ["sub.rn.f32"] = (a, b, _) => Bits(S(a) - S(b)),
        ["mul.rn.f32"] = (a, b, _) => Bits(S(a) * S(b)),
        ["div.rn.f32"] = (a, b, _) => Bits(S(a) / S(b)),
        ["sqrt.rn.f32"] = (a, _, _) => Bits(MathF.Sqrt(S(a))),
        ["neg.f32"] = (a, _, _) => Bits(-S(a)),
        ["abs.f32"] = (a, _, _) => Bits(MathF.Abs(S(a))),
        ["cvt.rn.f32.s32"] = (a, _, _) => Bits((float)(int)a),
        ["cvt.rmi.f32.f32"] = (a, _, _) => Bits(MathF.Floor(S(a))),
        ["cvt.rpi.f32.f32"] = (a, _, _) => Bits(MathF.Ceiling(S(a))),
    };

    private static Dictionary<string, Func<ulong, ulong, ulong, ulong>> Comparisons()
    {
        var all = new Dictionary<string, Func<ulong, ulong, ulong, ulong>>();
        foreach ((string name, Func<int, bool> holds) in Orders())
        {
            all[$"setp.{name}.s32"] = (a, b, _) => B(holds(((int)a).CompareTo((int)b)));
            all[$"setp.{name}.s64"] = (a, b, _) => B(holds(((long)a).CompareTo((long)b)));
            all[$"setp.{name}.u32"] = (a, b, _) => B(holds(((uint)a).CompareTo((uint)b)));
            all[$"setp.{name}.u64"] = (a, b, _) => B(holds(a.CompareTo(b)));

            // With NaN an ordered comparison is false, an unordered one true.
            all[$"setp.{name}.f64"] = (a, b, _) => B(!double.IsNaN(D(a)) && !double.IsNaN(D(b)) && holds(D(a) < D(b) ? -1 : D(a) > D(b) ? 1 : 0));
            all[$"setp.{name}u.f64"] = (a, b, _) => B(double.IsNaN(D(a)) || double.IsNaN(D(b)) || holds(D(a) < D(b) ? -1 : D(a) > D(b) ? 1 : 0));
            all[$"setp.{name}.f32"] = (a, b, _) => B(!float.IsNaN(S(a)) && !float.IsNaN(S(b)) && holds(S(a) < S(b) ? -1 : S(a) > S(b) ? 1 : 0));
            all[$"setp.{name}u.f32"] = (a, b, _) => B(float.IsNaN(S(a)) || float.IsNaN(S(b)) || holds(S(a) < S(b) ? -1 : S(a) > S(b) ? 1 : 0));
        }

        foreach ((string name, Func<int, bool> holds) in new (string, Func<int, bool>)[] { ("lo", order => order < 0), ("ls", order => order <= 0), ("hi", order => order > 0), ("hs", order => order >= 0) })
        {
            all[$"setp.{name}.u32"] = (a, b, _) => B(holds(((uint)a).CompareTo((uint)b)));
            all[$"setp.{name}.u64"] = (a, b, _) => B(holds(a.CompareTo(b)));
        }

        all["setp.nan.f64"] = (a, b, _) => B(double.IsNaN(D(a)) || double.IsNaN(D(b)));
        all["setp.num.f64"] = (a, b, _) => B(!double.IsNaN(D(a)) && !double.IsNaN(D(b)));
        all["setp.nan.f32"] = (a, b, _) => B(float.IsNaN(S(a)) || float.IsNaN(S(b)));
        return all;
    }

    private static IEnumerable<(string Name, Func<int, bool> Holds)> Orders() =>
    [
        ("eq", order => order == 0), ("ne", order => order != 0), ("lt", order => order < 0), ("le", order => order <= 0), ("gt", order => order > 0), ("ge", order => order >= 0),
    ];

    private static Dictionary<string, Func<ulong, ulong, ulong, ulong>> Conversions() => new()
    {
        // Global memory has the addresses that generic ones have.
        ["cvta.to.global.u64"] = (a, _, _) => a,
        ["cvt.s64.s32"] = (a, _, _) => (ulong)(int)a,
        ["cvt.u64.u32"] = (a, _, _) => (uint)a,
        ["cvt.s32.s64"] = (a, _, _) => (uint)a,
        ["cvt.u32.u64"] = (a, _, _) => (uint)a,
        ["cvt.rn.f64.s32"] = (a, _, _) => B((int)a),
        ["cvt.rn.f64.s64"] = (a, _, _) => B((long)a),
        ["cvt.rn.f32.s64"] = (a, _, _) => BitConverter.SingleToUInt32Bits((long)a),
        ["cvt.rn.f32.f64"] = (a, _, _) => BitConverter.SingleToUInt32Bits((float)D(a)),
        ["cvt.f64.f32"] = (a, _, _) => B(BitConverter.UInt32BitsToSingle((uint)a)),
        ["cvt.rmi.f64.f64"] = (a, _, _) => B(Math.Floor(D(a))),
        ["cvt.rpi.f64.f64"] = (a, _, _) => B(Math.Ceiling(D(a))),
        ["cvt.rzi.s32.f64"] = (a, _, _) => double.IsNaN(D(a)) ? 0x80000000 : (uint)(int)Math.Clamp(Math.Truncate(D(a)), int.MinValue, int.MaxValue),
        ["cvt.rzi.s64.f64"] = (a, _, _) => double.IsNaN(D(a)) ? 0x8000000000000000 : D(a) >= long.MaxValue ? long.MaxValue : D(a) <= long.MinValue ? 0x8000000000000000 : (ulong)(long)D(a),
    };
}
