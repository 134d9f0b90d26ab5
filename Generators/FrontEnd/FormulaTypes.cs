using System.Globalization;
using Microsoft.CodeAnalysis;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>C# types and constants of the policy language.</summary>
internal static class FormulaTypes
{
    public static IrType? Of(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Double => IrType.Double,
        SpecialType.System_Single => IrType.Float,
        SpecialType.System_Int64 => IrType.Long,
        SpecialType.System_Int32 => IrType.Int,
        SpecialType.System_Boolean => IrType.Bool,
        _ => null,
    };

    public static Constant Constant(IrType type, object value) => type switch
    {
        IrType.Double or IrType.Float => new Constant(type, Convert.ToDouble(value, CultureInfo.InvariantCulture), 0),
        IrType.Bool => new Constant(type, 0, (bool)value ? 1 : 0),
        _ => new Constant(type, 0, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };
}
