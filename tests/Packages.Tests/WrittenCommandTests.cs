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
        products.Need("xunit");
        products.Need("zstdsharp.port");
        Page page = Page.Read(path);
        var shell = new Shell(products, Path.GetFileNameWithoutExtension(path));
        Dictionary<Block, string> printed = Printed(page, shell);

        // A page may show a file before the command that makes it.
        List<string> lines = [.. page.Lines];
        foreach (Block block in page.Blocks.Reverse())
        {
            if (block.Kind == "file" || printed.ContainsKey(block))
            {
                lines.RemoveRange(block.Start, block.Lines.Length);
                lines.InsertRange(block.Start, block.Kind == "file" ? shell.Lines(block.Remark) : ShownOutput.Renewed(block.Lines, printed[block]));
            }
        }

        if (Writes && !lines.SequenceEqual(page.Lines))
        {
            File.WriteAllLines(page.FullPath, lines);
        }

        for (int i = 0; i < Math.Max(lines.Count, page.Lines.Length); i++)
        {
            Assert.True(page.Lines.ElementAtOrDefault(i) == lines.ElementAtOrDefault(i), $"{path}({i + 1}) shows\n{page.Lines.ElementAtOrDefault(i)}\nand not what is there:\n{lines.ElementAtOrDefault(i)}\nSQUELCH_WRITE_PAGES=1 writes the page anew.");
        }
    }

    /// <summary>Types all commands in order. What the last one above each block of output printed.</summary>
    private static Dictionary<Block, string> Printed(Page page, Shell shell)
    {
        var printed = new Dictionary<Block, string>();
        string output = "";
        foreach (Block block in page.Blocks)
        {
            if (block.Language == "sh")
            {
                output = block.Lines.Where(line => !IsRunByCi(line)).Aggregate(output, (_, line) => shell.Run(line));
            }
            else if (block is { Kind: "output", Remark: Page.LastCommand })
            {
                printed.Add(block, output);
            }
        }

        return printed;
    }

    /// <summary>Commands of a clone, which the run of all tests is itself.</summary>
    private static bool IsRunByCi(string line) => File.ReadLines(Path.Combine(SharedData.Repository, ".ci", "run")).Contains(line.Split('#')[0].Trim());
}
