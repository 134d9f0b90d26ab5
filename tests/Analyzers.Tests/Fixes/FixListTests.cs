using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Squelch.CodeFixes;

namespace Squelch.Analyzers.Tests.Fixes;

/// <summary>The fixes as a whole.</summary>
public class FixListTests
{
    private static readonly Type[] s_fixes = [.. typeof(PolicyFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)];

    [Fact]
    public void EveryRuleThatPromisesAFixHasOne()
    {
        string[] promised =
        [
            "SQ1001", "SQ1002", "SQ1005", "SQ1006", "SQ1008", "SQ1010", "SQ1011", "SQ1012", "SQ1014", "SQ2001", "SQ2002", "SQ2003", "SQ2005", "SQ2008", "SQ2011",
            "SQ3001", "SQ3003", "SQ4002", "SQ5002", "SQ5003",
        ];
        Assert.Equal(promised, s_fixes.Select(Made).SelectMany(fix => fix.FixableDiagnosticIds).Where(id => id.StartsWith("SQ", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryFixIsExportedUnderAKeyOfItsOwn()
    {
        Assert.All(s_fixes, type => Assert.Equal([LanguageNames.CSharp], type.GetCustomAttribute<ExportCodeFixProviderAttribute>()!.Languages));
        string[] keys = [.. s_fixes.Select(type => (string)type.GetField("Key")!.GetRawConstantValue()!)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static CodeFixProvider Made(Type type) => (CodeFixProvider)Activator.CreateInstance(type)!;
}
