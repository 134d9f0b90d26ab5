using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Squelch.Analyzers.Rules;

/// <summary>Source on one line, for messages.</summary>
internal static class SourceText
{
    public static string OneLine(SyntaxNode syntax)
        => string.Join(" ", syntax.ToString().Split(['\r', '\n', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
