using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Emit;

/// <summary>Calls as PTX with the bits of .NET. PTX has instructions of these names too, with rules of their own for NaN and zeros; where they differ, they are not used.</summary>
internal static class PtxFunctions
{
    /// <summary>The register that holds the result, or null where PTX has no such function.</summary>
    public static string? Of(PtxCode code, Call call, string[] arguments)
    {
        IrType type = call.First.Type;
        bool real = type is IrType.Double or IrType.Float;
        string suffix = PtxCode.Suffix(type);
        switch (call.Function)
        {
            case FunctionTable.IsNaN:
                return code.Add(IrType.Bool, $"setp.nan.{suffix}", arguments[0], arguments[0]);
            case FunctionTable.Abs when real:
                return code.Add(type, $"abs.{suffix}", arguments[0]);
            case FunctionTable.Abs:
                return Choose(code, type, code.Add(IrType.Bool, $"setp.lt.{suffix}", arguments[0], "0"), code.Add(type, $"neg.{suffix}", arguments[0]), arguments[0]);
            case FunctionTable.Max or FunctionTable.Min when real:
                return OfExtreme(code, type, call.Function == FunctionTable.Max, arguments[0], arguments[1]);
            case FunctionTable.Max or FunctionTable.Min:
                return code.Add(type, $"{(call.Function == FunctionTable.Max ? "max" : "min")}.{suffix}", arguments);
            case "Clamp":
                string above = Choose(code, type, code.Add(IrType.Bool, $"setp.gt.{suffix}", arguments[0], arguments[2]), arguments[2], arguments[0]);
                return Choose(code, type, code.Add(IrType.Bool, $"setp.lt.{suffix}", arguments[0], arguments[1]), arguments[1], above);
            case "Sqrt":
                return code.Add(type, $"sqrt.rn.{suffix}", arguments);
            case "Floor":
                return code.Add(type, $"cvt.rmi.{suffix}.{suffix}", arguments);
            case "Ceiling":
                return code.Add(type, $"cvt.rpi.{suffix}.{suffix}", arguments);
            default:
                return null;
        }
    }

    private static string Choose(PtxCode code, IrType type, string condition, string whenTrue, string whenFalse)
        => code.Add(type, $"selp.{PtxCode.Bits(type)}", whenTrue, whenFalse, condition);

    /// <summary>NaN wins, and 0.0 is above -0.0: equal numbers have equal bits, zeros apart.</summary>
    private static string OfExtreme(PtxCode code, IrType type, bool greatest, string a, string b)
    {
        string suffix = PtxCode.Suffix(type);
        string bits = PtxCode.Bits(type);
        string further = greatest ? "gt" : "lt";
        string equal = code.Add(type, $"{(greatest ? "and" : "or")}.{bits}", a, b);
        string second = Choose(code, type, code.Add(IrType.Bool, $"setp.{further}.{suffix}", b, a), b, equal);
        string number = Choose(code, type, code.Add(IrType.Bool, $"setp.{further}.{suffix}", a, b), a, second);
        string nan = code.Add(type, $"add.rn.{suffix}", a, b);
        return Choose(code, type, code.Add(IrType.Bool, $"setp.nan.{suffix}", a, b), nan, number);
    }
}
