using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace Squelch.Packages.Tests;

/// <summary>
/// The products, packed once from the repository's sources into a folder that projects of a user take them from. All that is written lies in one temporary
/// folder: intermediate files, packages, what the command line keeps in a home.
/// </summary>
public sealed class PackedProducts : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("squelch-packages-").FullName;

    public PackedProducts()
    {
        Packages = PackageFolder();
        Feed = Path.Combine(_root, "feed");
        Dictionary<string, string> machine = new() { ["NUGET_PACKAGES"] = Packages };
        Pack = Command.Succeed(SharedData.Repository, machine, "dotnet", $"pack -c Release Squelch.slnx --artifacts-path {Path.Combine(_root, "artifacts")} -o {Feed} -v minimal").Reported;

        // Our packages from the feed; the others are those that the repository was restored with, so nothing is asked of a network.
        File.WriteAllText(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Feed}" /><add key="restored" value="{Packages}" /></packageSources>
              <packageSourceMapping>
                <clear />
                <packageSource key="packed"><package pattern="Squelch*" /></packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    /// <summary>The folder with our packages.</summary>
    public string Feed { get; }

    /// <summary>The folder with the packages that the repository was restored with.</summary>
    public string Packages { get; }

    /// <summary>What packing reported.</summary>
    public IReadOnlyList<string> Pack { get; }

    /// <summary>For programs that a user runs: a home and caches of their own.</summary>
    public IReadOnlyDictionary<string, string> User => new Dictionary<string, string>
    {
        ["DOTNET_CLI_HOME"] = Folder("home"),
        ["NUGET_PACKAGES"] = Folder("packages"),
        ["NUGET_HTTP_CACHE_PATH"] = Folder("http-cache"),
        ["TMPDIR"] = Folder("tmp"),
        ["TEMP"] = Folder("tmp"),
        ["TMP"] = Folder("tmp"),
    };

    /// <summary>The version of a package of others, as the repository names it.</summary>
    public static string VersionOf(string id)
        => XElement.Load(Path.Combine(SharedData.Repository, "Directory.Packages.props")).Descendants("PackageVersion").Single(package => package.Attribute("Include")!.Value == id).Attribute("Version")!.Value;

    /// <summary>A package, opened.</summary>
    public ZipArchive Open(string id) => ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Feed, $"{id}.*.nupkg"), path => char.IsAsciiDigit(Path.GetFileName(path)[id.Length + 1])));

    /// <summary>What a package says of itself.</summary>
    public XElement Metadata(string id)
    {
        using ZipArchive package = Open(id);
        using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        XElement root = XElement.Load(nuspec);
        foreach (XElement element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
        }

        return root.Element("metadata")!;
    }

    /// <summary>A folder of the user's.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <summary>A project with these references and nothing else that has to do with us.</summary>
    public string Project(string name, string properties, params string[] references)
    {
        string folder = Folder(name);
        File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(references.Select(reference => $"""<PackageReference Include="{reference}" Version="*" />"""))}
              </ItemGroup>
            </Project>
            """);
        return folder;
    }

    /// <summary>Skips a test that needs a package of others which the repository was not restored with as a whole.</summary>
    public void Need(string id)
        => Skip.IfNot(
            Directory.Exists(Path.Combine(Packages, id)) && Directory.EnumerateFiles(Path.Combine(Packages, id), "*.nupkg", SearchOption.AllDirectories).Any(),
            $"{Packages} does not hold the package {id}, which a project of a user needs: restore the repository into a folder that keeps whole packages");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string PackageFolder()
    {
        using JsonDocument restored = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Repository, "Tool", "obj", "project.assets.json")));
        return restored.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
    }
}

/// <summary>One pack for all tests.</summary>
[CollectionDefinition(Name)]
public sealed class PackedCollection : ICollectionFixture<PackedProducts>
{
    public const string Name = "packed products";
}
