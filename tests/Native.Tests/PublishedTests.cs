using System.Text.RegularExpressions;

namespace Squelch.Native.Tests;

/// <summary>The library as C hosts get it.</summary>
[Collection(PublishedCollection.Name)]
public class PublishedTests(PublishedLibrary library)
{
    /// <summary>3.6 MB, 0.3 of them for devices.</summary>
    private const long MostBytes = 3_700_000;
    private const int Processes = 4;
    private const int Forks = 40;

    [Fact]
    public void ItIsSmallAndNothingIsReported()
    {
        Assert.Empty(library.Warnings);
        Assert.All(library.Levels, level => Assert.InRange(new FileInfo(library.Of(level)).Length, 1, MostBytes));
    }

    /// <summary>What an earlier publish left behind is not taken for another instruction set: a processor without it would end the process.</summary>
    [Fact]
    public void PublishingAgainGivesTheInstructionSetsThatWereAskedFor()
    {
        using var again = new PublishedLibrary();
        using var program = CProgram.Compile("victims.c");
        Assert.All(again.Levels, level => Assert.StartsWith($"v{level} ", program.Run(again.Of(level)).Output, StringComparison.Ordinal));
    }

    /// <summary>The contract for ranks: whatever process, whatever instruction set, the same victims.</summary>
    [Fact]
    public void EveryProcessUnderEveryInstructionSetChoosesTheSameVictims()
    {
        using var program = CProgram.Compile("victims.c");
        string[] told = [.. library.Levels.SelectMany(level => Enumerable.Repeat(library.Of(level), Processes)).AsParallel().Select(path => program.Run(path).Output)];
        Assert.All(told, line => Assert.Matches("^v[234] [0-9a-f]{16}\n$", line));
        Assert.Single(told.Select(line => line.Split(' ')[1]).Distinct());
        Assert.Equal(library.Levels, told.Select(line => line[1] - '0').Distinct().Order());
    }

    [Fact]
    public void EveryChildOfAForkGoesOn()
    {
        using var program = CProgram.Compile("victims.c");
        Assert.EndsWith($" {Forks}\n", program.Run(library.Of(library.Levels[^1]), $"{Forks}").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoLibrariesInOneProcessLeaveEachOtherAlone()
    {
        using var program = CProgram.Compile("two.c");
        (int code, string output) = program.Run(library.Of(2), library.Of(library.Levels[^1]));
        Assert.Equal(library.Levels.Length > 1 ? 0 : 5, code);
        Assert.Equal(2, Regex.Count(output, "no handle of this library"));
    }

    [Fact]
    public void TheLoaderTakesTheHighestLevelThatThereIs()
    {
        using var program = CProgram.CompileText(
            """
            #include "squelch_load.h"
            int main(int argc, char** argv)
            {
                sq_api api;
                char error[512];
                if (sq_load(&api, argv[argc - 1], error, sizeof error) != 0) return fprintf(stderr, "%s", error), 1;
                return printf("%d %d", sq_cpu_level(), api.f_instruction_set()), 0;
            }
            """,
            "-std=gnu11");
        Assert.Equal((0, $"{PublishedLibrary.CpuLevel} {PublishedLibrary.CpuLevel}"), program.Run(library.Folder));
        (int code, string message) = program.Run("/nowhere");
        Assert.Equal(1, code);
        Assert.Contains("/nowhere has no libsquelch.x86-64-v2.so", message, StringComparison.Ordinal);
    }

    /// <summary>.NET's own part of a message is text, too, and no key of a text that was left out.</summary>
    [Fact]
    public void MessagesAreWholeSentences()
    {
        using var program = CProgram.CompileText(
            """
            #include <stdio.h>
            #include <string.h>
            #include "squelch.h"
            static void print(void)
            {
                char why[512];
                sq_last_error(why, sizeof why);
                printf("%s\n", why);
            }
            int main(void)
            {
                sq_cache cache;
                sq_pool pool;
                int32_t victim;
                const char* file = "{\"policy\": \"Lru\", \"capacity\": 70000000, \"model\": \"/none/such.json\"}";
                const char* small = "{\"policy\": \"Lru\", \"capacity\": 1, \"model\": \"tinykv\"}";
                const char* lru = "{\"policy\": \"Lru\"}";
                sq_op_hints turn = {.kind = SQ_OP_HINTS};
                sq_op hints;
                memcpy(&hints, &turn, sizeof hints);
                if (sq_register() < 0 || sq_pool_open(lru, (int64_t)strlen(lru), &pool) < 0) return 1;
                if (sq_cache_open(file, (int64_t)strlen(file), &cache) < 0) print();
                if (sq_cache_open(small, (int64_t)strlen(small), &cache) < 0) print();
                if (sq_pool_peek(pool, -1, 1, NULL, 0, &victim) < 0) print();
                if (sq_pool_log(pool, &hints, 1) < 0) print();
                return 0;
            }
            """,
            "-std=c99",
            library.Of(2),
            $"-Wl,-rpath,{library.Folder}");
        (int code, string output) = program.Run();
        Assert.Equal((0, 5), (code, output.Split('\n').Length));
        Assert.Contains("no such file", output, StringComparison.Ordinal);
        Assert.Contains("ticks of a clock that starts at 0 or later.\n", output, StringComparison.Ordinal);
        Assert.DoesNotMatch("[a-z]_[A-Z]", output);
    }

    /// <summary>The program of the documentation prints what stands there.</summary>
    [Fact]
    public void TheProgramOfThePageEvictsByAFormula()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "how-to", "use-from-c.md"));
        string source = Regex.Match(page, @"```c\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        string shown = Regex.Match(page, @"```text\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        using var program = CProgram.CompileText(source, "-std=c99", library.Of(2), $"-Wl,-rpath,{library.Folder}");
        Assert.Equal((0, shown), program.Run());
        Assert.Contains("free state", shown, StringComparison.Ordinal);
        Assert.Contains("reused 300 of 300 tokens", shown, StringComparison.Ordinal);
    }
}
