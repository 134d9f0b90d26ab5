using System.Globalization;
using System.Text;

namespace Squelch.Generators.Ir;

/// <summary>C# literals that give back the same bits.</summary>
internal static class Literals
{
    public static string Of(Constant constant) => constant.Type switch
    {
        IrType.Double => Of(constant.Number),
        IrType.Float => Of((float)constant.Number),
        IrType.Long => constant.Integer == long.MinValue ? "long.MinValue" : constant.Integer.ToString(CultureInfo.InvariantCulture) + "L",
        IrType.Int => constant.Integer == int.MinValue ? "int.MinValue" : constant.Integer.ToString(CultureInfo.InvariantCulture),
        _ => constant.Integer != 0 ? "true" : "false",
    };

    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "double.NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        }

        if (value == 0)
        {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(text, CultureInfo.InvariantCulture) != value)
        {
            // "R" loses a bit of some numbers on .NET Framework hosts.
            text = value.ToString("G17", CultureInfo.InvariantCulture);
        }

        return text.IndexOfAny(['.', 'E', 'e']) < 0 ? text + ".0" : text;
    }

    public static string Of(float value)
        => float.IsNaN(value) ? "float.NaN"
            : float.IsInfinity(value) ? (value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity")
            : value == 0 ? (1 / value < 0 ? "-0f" : "0f")
            : value.ToString("G9", CultureInfo.InvariantCulture) + "f";

    public static string Of(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char letter in text)
        {
            literal.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' or '\u2028' or '\u2029' or '\u0085' => "\\u" + ((int)letter).ToString("x4", CultureInfo.InvariantCulture),
                _ => letter.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }
}
