using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace Squelch.Packages.Tests;

/// <summary>The same sources give the same packages, byte for byte, wherever they lie.</summary>
[Collection(PackedCollection.Name)]
public sealed class DeterminismTests(PackedProducts products) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("squelch-elsewhere-").FullName;

    [Fact]
    public void ThePackagesOfACopyAreTheSame()
    {
        string copy = Path.Combine(_folder, "copy");
        string again = Path.Combine(_folder, "feed");
        CopyProducts(copy);
        Command.Succeed(
            copy, new Dictionary<string, string> { ["NUGET_PACKAGES"] = products.Packages }, "dotnet", $"pack -c Release Squelch.slnx --artifacts-path {Path.Combine(_folder, "artifacts")} -o {again} -v quiet");
        Assert.Equal(Names(products.Feed), Names(again));
        Assert.Empty(Names(again).SelectMany(name => Differences(Path.Combine(products.Feed, name), Path.Combine(again, name))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The sources of the products, and the commit that they are of.</summary>
    private static void CopyProducts(string into)
    {
        string repository = SharedData.Repository;
        Directory.CreateDirectory(into);
        var solution = XElement.Load(Path.Combine(repository, "Squelch.slnx"));
        solution.Descendants("Project").Where(project => project.Attribute("Path")!.Value.Split('/')[0] is "tests" or "samples").Remove();
        solution.Descendants("Folder").Remove();
        IEnumerable<string> folders = solution.Elements("Project").Select(project => project.Attribute("Path")!.Value.Split('/')[0]).Append("docs").Distinct();
        IEnumerable<string> files = Directory.EnumerateFiles(repository).Concat(folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(repository, folder), "*", SearchOption.AllDirectories)));
        foreach (string file in files)
        {
            string relative = Path.GetRelativePath(repository, file);
            if (!relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(into, relative))!);
                File.Copy(file, Path.Combine(into, relative));
            }
        }

        solution.Save(Path.Combine(into, "Squelch.slnx"));
        if (Directory.Exists(Path.Combine(repository, ".git")))
        {
            File.WriteAllText(Path.Combine(into, ".git"), $"gitdir: {Path.Combine(repository, ".git")}\n");
        }
    }

    private static string[] Names(string folder) => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Differences(string one, string other)
    {
        if (File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other)))
        {
            return [];
        }

        string[] entries = [.. Entries(one).Except(Entries(other)).Select(entry => entry.Name)];
        return entries.Length > 0 ? entries.Select(entry => $"{Path.GetFileName(one)}: {entry}") : [$"{Path.GetFileName(one)}: the archive alone, its entries are equal"];
    }

    private static IEnumerable<(string Name, string Hash)> Entries(string path)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in package.Entries)
        {
            using Stream content = entry.Open();
            yield return (entry.FullName, Convert.ToHexString(SHA256.HashData(content)));
        }
    }
}
