using System.Text;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Emit;

/// <summary>Instructions of PTX, each into a register of its own.</summary>
internal sealed class PtxCode
{
    private readonly int[] _registers = new int[5];
    private readonly List<string> _lines = [];

    /// <summary>The name of a type's numbers, signed ones where they are whole.</summary>
    public static string Suffix(IrType type) => type switch
    {
        IrType.Double => "f64",
        IrType.Float => "f32",
        IrType.Long => "s64",
        IrType.Int => "s32",
        _ => "pred",
    };

    /// <summary>The name of a type's bits, of which nothing but the width counts.</summary>
    public static string Bits(IrType type) => type switch
    {
        IrType.Double or IrType.Long => "b64",
        IrType.Float or IrType.Int => "b32",
        _ => "pred",
    };

    /// <summary>An instruction with its operands.</summary>
    /// <returns>The register that holds its result.</returns>
    public string Add(IrType type, string operation, params string[] operands)
    {
        string register = $"%{Letter(type)}{++_registers[(int)type]}";
        _lines.Add($"{operation} {register}, {string.Join(", ", operands)};");
        return register;
    }

    /// <summary>The instructions in braces, which keep their registers to themselves.</summary>
    /// <param name="last">Writes the result where it is looked for.</param>
    public string Block(string last)
    {
        var text = new StringBuilder("{\n");
        foreach (IrType type in new[] { IrType.Double, IrType.Float, IrType.Long, IrType.Int, IrType.Bool }.Where(type => _registers[(int)type] > 0))
        {
            text.Append($".reg .{(type is IrType.Long or IrType.Int ? Bits(type) : Suffix(type))} %{Letter(type)}<{_registers[(int)type] + 1}>;\n");
        }

        foreach (string line in _lines)
        {
            text.Append(line).Append('\n');
        }

        return text.Append(last).Append("\n}").ToString();
    }

    private static char Letter(IrType type) => type switch { IrType.Double => 'd', IrType.Float => 'f', IrType.Long => 'l', IrType.Int => 'i', _ => 'p' };
}
