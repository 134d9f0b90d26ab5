using Squelch.Documentation.Tests;

namespace Squelch.Packages.Tests;

/// <summary>
/// A newcomer types what a page says, from an empty folder, with the packages. <c>&lt;!-- output: the last command --&gt;</c> above a block holds it to what the
/// command before it prints in a terminal, <c>&lt;!-- file: Mine/Mine.cs --&gt;</c> to a file that stands there then. SQUELCH_WRITE_PAGES=1 writes both anew.
/// </summary>
[Collection(PackedCollection.Name)]
public sealed class WrittenCommandTests(PackedProducts products)
{
    private static bool Writes => Environment.GetEnvironmentVariable("SQUELCH_WRITE_PAGES") == "1";

    [SkippableTheory]
    [InlineData("README.md")]
    [InlineData("docs/get-started.md")]
    public void EveryCommandDoesWhatThePageShows(string path)
    {
        products.NeedTestPackages();
        Page page = Page.Read(path);
        List<string> lines = [.. page.Lines];
        var shell = new Shell(products, Path.GetFileNameWithoutExtension(path));
        string output = "";
        int moved = 0;
        foreach (Block block in page.Blocks)
        {
            if (block.Language == "sh")
            {
                output = block.Lines.Where(line => !IsRunByCi(line)).Aggregate(output, (_, line) => shell.Run(line));
            }
            else if (Expected(block, shell, output) is { } expected)
            {
                lines.RemoveRange(block.Start + moved, block.Lines.Length);
                lines.InsertRange(block.Start + moved, expected);
                moved += expected.Length - block.Lines.Length;
            }
        }

        if (Writes && !lines.SequenceEqual(page.Lines))
        {
            File.WriteAllLines(page.FullPath, lines);
        }

        Assert.Equal(page.Lines, lines);
    }

    private static string[]? Expected(Block block, Shell shell, string output) => block.Kind switch
    {
        "output" when block.Remark == Page.LastCommand => ShownOutput.Renewed(block.Lines, output),
        "file" => shell.Lines(block.Remark),
        _ => null,
    };

    /// <summary>Commands of a clone, which the run of all tests is itself.</summary>
    private static bool IsRunByCi(string line) => File.ReadLines(Path.Combine(SharedData.Repository, ".ci", "run")).Contains(line.Split('#')[0].Trim());
}
