namespace Squelch.Architecture.Tests;

/// <summary>
/// In each project, folders stand in an order, and use only those before them. The tables say which: a folder, and what it may use. Where a new arrow is
/// meant, it is a line here; one that goes up fails whatever the tables say.
/// </summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, (string Folder, string[] Uses)[]> s_projects = new()
    {
        ["Framework"] =
        [
            ("Framework", []),
            ("Models", ["Framework"]),
            ("Language", ["Framework", "Models"]),
            ("Tree", ["Models"]),
            ("Selection", ["Language", "Tree"]),
            ("CompilerServices", ["Language", "Tree", "Selection"]),
            ("Tuning", ["Framework", "Language", "Models", "Tree"]),
            ("Caching", ["Framework", "Language", "Models", "Tree", "Selection", "Tuning"]),
            ("Keys", ["Language", "Models", "Tree", "Selection"]),
            ("Pools", ["Framework", "Language", "Models", "Tree", "Selection"]),
        ],
        ["Lab"] =
        [
            ("Statistics", []),
            ("Latency", ["Statistics"]),
            ("Traces", ["Statistics"]),
            ("Generation", ["Traces"]),
            ("Keys", []),
            ("Future", ["Traces"]),
            ("Bounds", ["Traces", "Future"]),
            ("Profiles", ["Statistics", "Latency", "Traces", "Future"]),
            ("Replays", ["Latency", "Traces", "Future", "Profiles"]),
            ("Catalog", ["Traces", "Replays"]),
        ],
        ["Caching"] =
        [
            ("Options", []),
            ("Striping", []),
            ("Entries", ["Options", "Striping"]),
            ("Maintenance", ["Options", "Striping", "Entries"]),
            ("Measuring", ["Options", "Striping"]),
            ("Caching", ["Options", "Entries", "Maintenance", "Measuring"]),
            ("Memory", ["Options", "Entries", "Maintenance", "Measuring", "Caching"]),
            ("DependencyInjection", ["Memory"]),
        ],
        ["Generators"] =
        [
            ("Framework", []),
            ("Ir", ["Framework"]),
            ("Functions", ["Ir"]),
            ("FrontEnd", ["Framework", "Ir", "Functions"]),
            ("Analysis", ["Framework", "Ir", "Functions"]),
            ("Planning", ["Framework", "Ir", "Functions", "Analysis"]),
            ("Emit", ["Framework", "Ir", "Functions", "FrontEnd", "Analysis", "Planning"]),
            ("Generators", ["Ir", "FrontEnd", "Emit"]),
        ],
        ["Analyzers"] = [("Rules", []), ("Analyzers", ["Rules"])],
        ["CodeFixes"] = [("CodeFixes", []), ("Fixes", ["CodeFixes"]), ("Refactorings", ["CodeFixes"])],
        ["GpuScoring"] =
        [
            ("CompilerServices", []),
            ("Kernels", ["CompilerServices"]),
            ("Devices", ["CompilerServices", "Kernels"]),
            ("Selection", ["CompilerServices", "Kernels", "Devices"]),
            ("Driver", ["CompilerServices", "Kernels", "Devices", "Selection"]),
            ("GpuScoring", ["CompilerServices", "Devices", "Selection", "Driver"]),
        ],
        ["Native"] =
        [
            ("Abi", []),
            ("Policies", ["Abi"]),
            ("Options", ["Abi", "Policies"]),
            ("Caching", ["Abi", "Policies", "Options"]),
            ("Pools", ["Abi", "Policies", "Options"]),
        ],
        ["Policies"] = [("Offline", []), ("Selectors", ["Offline"])],
        ["Templates"] = [],
        ["Tool"] =
        [
            ("Terminal", []),
            ("Files", ["Terminal"]),
            ("Options", ["Terminal"]),
            ("Conversations", []),
            ("Replays", ["Terminal", "Files", "Conversations"]),
            ("Sweeps", ["Terminal", "Files", "Options", "Replays"]),
            ("Answers", ["Terminal", "Options", "Sweeps"]),
            ("Results", ["Terminal", "Files", "Options", "Sweeps", "Answers"]),
            ("Rendering", ["Terminal", "Options", "Sweeps", "Answers", "Results"]),
            ("Reports", ["Terminal", "Files", "Options", "Sweeps", "Answers", "Results", "Rendering"]),
            ("Study", ["Terminal", "Files", "Options", "Replays", "Sweeps", "Results", "Rendering", "Reports"]),
            ("Ablation", ["Terminal", "Options", "Replays", "Sweeps", "Results", "Rendering"]),
            ("Regret", ["Terminal", "Options", "Replays", "Sweeps", "Results", "Rendering"]),
            ("Commands", ["Terminal", "Files", "Options", "Replays", "Sweeps", "Answers", "Results", "Rendering", "Reports", "Study", "Ablation", "Regret"]),
            ("Tool", ["Terminal", "Commands"]),
        ],
    };

    public static TheoryData<string> Projects => [.. ProductProject.All.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ArrowsAmongFoldersFall(string name)
    {
        ProductProject project = ProductProject.All.Single(project => project.Name == name);
        (string Folder, string[] Uses)[] table = s_projects[name];
        int Place(string folder) => Array.FindIndex(table, row => row.Folder == folder);
        Faults.None(
            from arrow in Arrow.Of(project)
            let user = Place(arrow.From)
            let used = Place(arrow.To)
            let falls = user >= 0 && used >= 0 && used < user
            where !falls || !table[user].Uses.Contains(arrow.To)
            select $"{name}: {arrow.From} -> {arrow.To} {(falls ? "is not in the table" : "goes up")}: {arrow.Example}");
    }

    /// <summary>A table that allows what nobody uses is out of date.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void TheTableNamesNoArrowThatIsNotThere(string name)
    {
        ProductProject project = ProductProject.All.Single(project => project.Name == name);
        HashSet<(string, string)> there = [.. Arrow.Of(project).Select(arrow => (arrow.From, arrow.To))];
        Faults.None(
            from row in s_projects[name]
            from used in row.Uses
            where !there.Contains((row.Folder, used))
            select $"{name}: {row.Folder} -> {used} is allowed, but nothing uses it");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void EverySourceIsReadAsTheCompilerReadsIt(string name)
        => Faults.None(
            from diagnostic in ProductProject.All.Single(project => project.Name == name).Compilation.GetDiagnostics()
            where diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error && !IsGenerated(diagnostic)
            select diagnostic.ToString());

    /// <summary>The members that the policy compiler adds are not read here.</summary>
    private static bool IsGenerated(Microsoft.CodeAnalysis.Diagnostic diagnostic) => diagnostic.Id is "CS1061" or "CS0117" && diagnostic.GetMessage().Contains("CreateSelector", StringComparison.Ordinal);
}
