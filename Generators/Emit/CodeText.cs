using System.Text;

namespace Squelch.Generators.Emit;

/// <summary>C# text with indentation.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CodeText Line(string line = "")
    {
        _text.Append(line.Length == 0 ? "" : new string(' ', _depth * 4)).Append(line).Append('\n');
        return this;
    }

    /// <summary>A head line, where it is not written yet, then its body in braces.</summary>
    public CodeText Block(string? head, Action body, string end = "}")
    {
        if (head is not null)
        {
            Line(head);
        }

        Line("{");
        _depth++;
        body();
        _depth--;
        return Line(end);
    }

    /// <summary>Lines below the last one, one step in.</summary>
    public CodeText Deeper(Action body)
    {
        _depth++;
        body();
        _depth--;
        return this;
    }

    public override string ToString() => _text.ToString();
}
