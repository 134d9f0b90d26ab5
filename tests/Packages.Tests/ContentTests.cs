using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Squelch.Packages.Tests;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Collection(PackedCollection.Name)]
public sealed class ContentTests(PackedProducts products)
{
    /// <summary>Each package, and the packages that come with it.</summary>
    private static readonly Dictionary<string, string[]> s_dependencies = new()
    {
        ["Squelch"] = [],
        ["Squelch.Policies"] = ["Squelch"],
        ["Squelch.Caching"] = ["Squelch", "Microsoft.Extensions.Caching.Abstractions", "Microsoft.Extensions.Options.ConfigurationExtensions"],
        ["Squelch.Native"] = ["Squelch", "Squelch.Policies"],
        ["Squelch.Native.Gpu"] = ["Squelch", "Squelch.GpuScoring", "Squelch.Policies.Gpu"],
        ["Squelch.Lab"] = ["Squelch", "ZstdSharp.Port"],
        ["Squelch.GpuScoring"] = ["Squelch", "ILGPU"],
        ["Squelch.Policies.Gpu"] = ["Squelch", "Squelch.GpuScoring"],
        ["Squelch.Templates"] = [],
        ["Squelch.Tool"] = [],
    };

    public static TheoryData<string> Ids => [.. s_dependencies.Keys];

    public static TheoryData<string> Libraries => [.. s_dependencies.Keys.Where(id => id is not ("Squelch.Templates" or "Squelch.Tool"))];

    [Fact]
    public void TheProductsAreThePackagesAndNothingIsReported()
    {
        Assert.Empty(products.Pack);
        string[] packed = [.. Directory.GetFiles(products.Feed).Select(path => Regex.Replace(Path.GetFileName(path), @"\.\d+\.\d+\.\d+", "")).Order(StringComparer.Ordinal)];
        Assert.Equal([.. s_dependencies.Keys.SelectMany(id => new[] { $"{id}.nupkg", $"{id}.snupkg" }).Where(name => name != "Squelch.Templates.snupkg").Order(StringComparer.Ordinal)], packed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void APackageBringsWhatItNeedsAndNoMore(string id)
        => Assert.Equal(s_dependencies[id].Order(), products.Metadata(id).Descendants("dependency").Select(dependency => dependency.Attribute("id")!.Value).Order());

    /// <summary>Who references a part can write policies: NuGet leaves analyzers of others out unless told not to.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void ThePolicyCompilerComesAlongWithEachPart(string id)
        => Assert.All(
            products.Metadata(id).Descendants("dependency").Where(dependency => dependency.Attribute("id")!.Value.StartsWith("Squelch", StringComparison.Ordinal)),
            dependency => Assert.Equal("All", dependency.Attribute("include")?.Value));

    [Theory]
    [MemberData(nameof(Ids))]
    public void APackageSaysWhatItIs(string id)
    {
        XElement metadata = products.Metadata(id);
        Assert.Equal("MIT", metadata.Element("license")?.Value);
        Assert.All(["description", "authors", "tags", "copyright"], name => Assert.NotEmpty(metadata.Element(name)?.Value ?? ""));
        Assert.NotEqual("Package Description", metadata.Element("description")!.Value);
        using ZipArchive package = products.Open(id);
        Assert.All(["icon", "readme"], name => Assert.NotNull(package.GetEntry(metadata.Element(name)!.Value)));
    }

    /// <summary>A page in a package has no folder around it.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void ThePageOfAPackageLinksToNoFileBesideIt(string id)
    {
        using ZipArchive package = products.Open(id);
        using var reader = new StreamReader(package.GetEntry("PACKAGE.md")!.Open());
        Assert.DoesNotMatch(@"\]\((?!https?://)", reader.ReadToEnd());
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void ALibraryHasItsDocumentation(string id)
    {
        using ZipArchive package = products.Open(id);
        Assert.All([".dll", ".xml"], extension => Assert.NotNull(package.GetEntry($"lib/net10.0/{id}{extension}")));
    }

    /// <summary>A compiler refuses an analyzer that was built against a newer one; 4.8 is what every SDK since .NET 8 has.</summary>
    [Fact]
    public void ThePolicyCompilerLoadsInEveryCompilerThatIsInUse()
    {
        using ZipArchive package = products.Open("Squelch");
        ZipArchiveEntry[] assemblies = [.. package.Entries.Where(entry => entry.FullName.StartsWith("analyzers/", StringComparison.Ordinal))];
        Assert.Equal(
            ["analyzers/dotnet/cs/Squelch.Analyzers.dll", "analyzers/dotnet/cs/Squelch.CodeFixes.dll", "analyzers/dotnet/cs/Squelch.Generators.dll"],
            assemblies.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (ZipArchiveEntry assembly in assemblies)
        {
            Assert.All(
                References(assembly).Where(reference => reference.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
                reference => Assert.Equal(new Version(4, 8, 0, 0), reference.Version));
        }
    }

    /// <summary>The sources name no versions: they are those of this repository.</summary>
    [Fact]
    public void TheProjectsOfATemplateNameTheVersionsThatTheRepositoryHas()
    {
        using ZipArchive package = products.Open("Squelch.Templates");
        string own = products.Metadata("Squelch.Templates").Element("version")!.Value;
        (string, string?)[] references =
        [
            .. from entry in package.Entries
               where entry.Name.EndsWith(".csproj", StringComparison.Ordinal)
               from reference in Loaded(entry).Descendants("PackageReference")
               select (reference.Attribute("Include")!.Value, reference.Attribute("Version")?.Value),
        ];
        Assert.Contains(("Squelch", own), references);
        Assert.All(references, reference => Assert.Equal(reference.Item1.StartsWith("Squelch", StringComparison.Ordinal) ? own : PackedProducts.VersionOf(reference.Item1), reference.Item2));
    }

    [Fact]
    public void TheCommandIsSmallAndHoldsWhatItsLicencesAskFor()
    {
        Assert.InRange(new FileInfo(Directory.GetFiles(products.Feed, "Squelch.Tool.*.nupkg").Single()).Length, 1, 30_000_000);
        using ZipArchive package = products.Open("Squelch.Tool");
        using var notices = new StreamReader(package.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        string named = notices.ReadToEnd();
        Assert.All(
            package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) && !entry.Name.StartsWith("Squelch", StringComparison.Ordinal) && !entry.Name.StartsWith("lib", StringComparison.Ordinal)),
            entry => Assert.Contains(Path.GetFileNameWithoutExtension(entry.Name), named, StringComparison.Ordinal));
        Assert.All(["README.md", "LICENSE-APACHE-2.0.txt"], name => Assert.NotNull(package.GetEntry($"tools/net10.0/any/Traces/{name}")));
        Assert.All(["ILGPU", "Microsoft.ML.Tokenizers", "SkiaSharp"], name => Assert.Contains(package.Entries, entry => entry.FullName.StartsWith($"notices/{name}/LICENSE", StringComparison.Ordinal)));
    }

    private static XElement Loaded(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        return XElement.Load(stream);
    }

    private static (string Name, Version Version)[] References(ZipArchiveEntry assembly)
    {
        var image = new MemoryStream();
        using (Stream stream = assembly.Open())
        {
            stream.CopyTo(image);
        }

        image.Position = 0;
        using var file = new PEReader(image);
        MetadataReader reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(reader.GetAssemblyReference).Select(reference => (reader.GetString(reference.Name), reference.Version))];
    }
}
