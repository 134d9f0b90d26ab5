using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Squelch.Tool;

/// <summary>An option whose value is a number. Where something else is given it says what is wanted, with an example.</summary>
internal sealed class NumberOption<T> : Option<T>
    where T : struct, INumber<T>
{
    private readonly string _wanted;
    private readonly string _example;
    private readonly Func<T, bool> _fits;

    /// <param name="name">With its dashes.</param>
    /// <param name="wanted">Follows "is not": <c>a whole number of 1 or more</c>.</param>
    /// <param name="example">A value that makes sense.</param>
    /// <param name="fits">Tells the numbers that are wanted; all of the type where this is null.</param>
    public NumberOption(string name, string wanted, string example, Func<T, bool>? fits = null)
        : base(name)
    {
        (_wanted, _example, _fits) = (wanted, example, fits ?? (_ => true));
        HelpName = "n";
        CustomParser = Parse;
    }

    /// <summary>The value, or null where the option was not given.</summary>
    public T? Given(ParseResult parsed) => parsed.GetResult(this) is { Implicit: false } ? parsed.GetValue(this) : null;

    private T Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && T.IsFinite(value) && _fits(value))
        {
            return value;
        }

        result.AddError($"{Name} '{text}' is not {_wanted}; write it as in {Name} {_example}");
        return default;
    }
}
