using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Squelch.Architecture.Tests;

/// <summary>One project of the product, read from its sources as the compiler reads them.</summary>
internal sealed class ProductProject
{
    private static readonly string[] s_implicitUsings
        = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly ILookup<string, MetadataReference> s_references
        = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .ToLookup(path => Path.GetFileNameWithoutExtension(path), path => (MetadataReference)MetadataReference.CreateFromFile(path));

    private ProductProject(string folder, string file)
    {
        Folder = folder;
        XElement project = XElement.Load(file);
        string assembly = AssemblyOf(project);
        SyntaxTree[] sources = [.. SourcesOf(folder).Concat(SharedSources(folder, project)).Select(path => Parse(File.ReadAllText(path), path))];
        IEnumerable<string> usings = project.Descendants("Using").Select(item => item.Attribute("Include")!.Value);
        if (project.Descendants("ImplicitUsings").SingleOrDefault()?.Value != "disable")
        {
            usings = usings.Concat(s_implicitUsings);
        }

        HashSet<string> references = [.. References(folder, project)];
        Sources = sources;
        Compilation = CSharpCompilation.Create(
            assembly,
            [.. sources, Parse(string.Concat(usings.Select(name => $"global using {name};")), path: "")],
            s_references.Where(group => !group.Key.StartsWith("Squelch", StringComparison.Ordinal) || references.Contains(group.Key)).SelectMany(group => group),
            new CSharpCompilationOptions(
                project.Descendants("OutputType").Any() ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>All projects outside tests and samples.</summary>
    public static IReadOnlyList<ProductProject> All { get; } =
    [
        .. from folder in Directory.EnumerateDirectories(SharedData.Repository)
           let file = Directory.EnumerateFiles(folder, "*.csproj").SingleOrDefault()
           where file is not null
           orderby folder
           select new ProductProject(folder, file),
    ];

    public string Folder { get; }

    public string Name => Path.GetFileName(Folder);

    public IReadOnlyList<SyntaxTree> Sources { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>The folder of the project that a source lies in; the project's name for its root, and the other project's name for a source that is shared.</summary>
    public string FolderOf(SyntaxTree source)
    {
        string relative = Path.GetRelativePath(Folder, source.FilePath);
        if (relative.StartsWith("..", StringComparison.Ordinal))
        {
            return relative.Split(Path.DirectorySeparatorChar)[1];
        }

        int end = relative.IndexOf(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return end < 0 ? Name : relative[..end];
    }

    private static string AssemblyOf(XElement project) => project.Descendants("AssemblyName").Single().Value;

    /// <summary>The assemblies of the projects that one references, and of those that they reference.</summary>
    private static IEnumerable<string> References(string folder, XElement project)
        => from item in project.Descendants("ProjectReference")
           where item.Attribute("ReferenceOutputAssembly") is null
           let file = Path.GetFullPath(Path.Combine(folder, item.Attribute("Include")!.Value))
           let other = XElement.Load(file)
           from name in References(Path.GetDirectoryName(file)!, other).Prepend(AssemblyOf(other))
           select name;

    /// <summary>Sources of another project that this one compiles too.</summary>
    private static IEnumerable<string> SharedSources(string folder, XElement project)
        => from item in project.Descendants("Compile")
           where item.Attribute("Include") is not null
           from path in item.Attribute("Include")!.Value.Split(';')
           select Path.GetFullPath(Path.Combine(folder, path));

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), path);

    /// <summary>The sources under a folder; what the build writes, and other projects in it, left out.</summary>
    private static IEnumerable<string> SourcesOf(string folder)
        => Directory.EnumerateFiles(folder, "*.cs").Concat(
            from inner in Directory.EnumerateDirectories(folder)
            where Path.GetFileName(inner) is not ("obj" or "bin") && !Directory.EnumerateFiles(inner, "*.csproj").Any()
            from source in SourcesOf(inner)
            select source);
}
