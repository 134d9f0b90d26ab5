using System.Text.RegularExpressions;

namespace Squelch.Packages.Tests;

/// <summary>What <c>dotnet new</c> makes, from the packages alone.</summary>
[Collection(PackedCollection.Name)]
public sealed partial class TemplateTests(PackedProducts products)
{
    [SkippableFact]
    public void APolicyIsMadeBuiltTestedAndReplayed()
    {
        string folder = Installed("a-policy");
        Dotnet(folder, "new squelch-policy -n Mine");
        string made = Path.Combine(folder, "Mine");
        Assert.Empty(Dotnet(made, "build").Reported);
        Assert.Equal(["Passed 4"], Tested(Dotnet(made, "test --no-build")));

        Dotnet(folder, "tool install Squelch.Tool --tool-path tools");
        string squelch = Path.Combine(folder, "tools", "squelch");
        Command replay = Run(made, squelch, "replay --policies Mine/bin/Debug/net10.0/Mine.dll --policy MinePolicy,Lru --capacity 1.7GB");
        Assert.True(replay.ExitCode == 0, replay.Output);
        Assert.Matches(@"(?m)^MinePolicy +[1-9]\d?\.\d\d ", replay.Output);
        Assert.Contains("did you mean 'MinePolicy'?", Run(made, squelch, "explain Mine --policies Mine/bin/Debug/net10.0/Mine.dll").Output, StringComparison.Ordinal);

        // The formula of a beginner: its fault is reported, and the tests of the template see that it forgets the cost.
        string source = Path.Combine(made, "Mine", "MinePolicy.cs");
        string written = File.ReadAllText(source);
        string naive = written.Replace("flopsSaved / bytesHeld / Math.Max(now - lastAccess, 1)", "1 / (now - lastAccess)", StringComparison.Ordinal);
        Assert.NotEqual(written, naive);
        File.WriteAllText(source, naive);
        Command test = Run(made, "dotnet", "test");
        Assert.NotEqual(0, test.ExitCode);
        Assert.Contains(test.Reported, line => line.Contains("MinePolicy.cs(10,12): warning SQ2001: '1 / (now - lastAccess)' divides by zero", StringComparison.Ordinal));
        Assert.Contains("Failed FormulaTests.WhatCostsLeastToComputeAgainGoesFirst", test.Output, StringComparison.Ordinal);
    }

    /// <summary>Names that are no names of types, and some that others have already.</summary>
    [SkippableFact]
    public void StrangeNamesAndTheApplicationBuildAndPassTheirTests()
    {
        (string Name, string Policy)[] policies = [("my-policy", "MyPolicy"), ("1st", "_1StPolicy"), ("A.B", "ABPolicy"), ("Lru", "LruPolicy"), ("class", "ClassPolicy")];
        string folder = Installed("names");
        foreach ((string name, string policy) in policies)
        {
            Dotnet(folder, $"new squelch-policy -n {name}");
            Assert.True(File.Exists(Path.Combine(folder, name, name, $"{policy}.cs")), $"{name}: no {policy}.cs");
        }

        Dotnet(folder, "new squelch-cache -o my-shop");
        string[] made = [.. policies.Select(policy => policy.Name), "my-shop"];
        File.WriteAllText(
            Path.Combine(folder, "All.slnx"),
            $"<Solution>{string.Concat(made.Select(name => $"<Project Path=\"{name}/{name}/{name}.csproj\" /><Project Path=\"{name}/{name}.Tests/{name}.Tests.csproj\" />"))}</Solution>");
        Assert.Empty(Dotnet(folder, "build All.slnx").Reported);
        Command test = Dotnet(folder, $"test {string.Join(' ', made.Select(name => $"{name}/{name}.Tests/bin/Debug/net10.0/{name}.Tests.dll"))}");
        Assert.Equal([.. Enumerable.Repeat("Passed 4", policies.Length), "Passed 5"], Tested(test).Order(StringComparer.Ordinal));
        Assert.Matches(@"^\d,\d{3} of 20,000 tiles came from the cache\.", Dotnet(folder, "my-shop/my-shop/bin/Debug/net10.0/my-shop.dll").Output);

        Dotnet(folder, "tool install Squelch.Tool --tool-path tools");
        File.WriteAllText(Path.Combine(folder, "keys.csv"), "key,size\n1,10\n2,10\n1,10\n");
        string assemblies = string.Join(' ', made.Select(name => $"--policies {name}/{name}/bin/Debug/net10.0/{name}.dll"));
        Command replay = Run(folder, Path.Combine(folder, "tools", "squelch"), $"replay keys.csv {assemblies} --policy {string.Join(',', policies.Select(policy => policy.Policy))},MyShopPolicy,Lru --capacity 20B --json -");
        Assert.True(replay.ExitCode == 0, replay.Output);
        Assert.All(["Lru", "MyShopPolicy", .. policies.Select(policy => policy.Policy)], name => Assert.Contains($"\"policy\": \"{name}\"", replay.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void TheHelpOfATemplateSaysWhatItMakes()
    {
        string help = Dotnet(Installed("help"), "new squelch-policy --help").Output;
        Assert.Contains("Squelch cache policy (C#)\nAuthor: The Squelch authors\nDescription: A cache policy as a formula of a few lines", help, StringComparison.Ordinal);
    }

    private string Installed(string name)
    {
        products.Need("xunit");
        products.Need("zstdsharp.port");
        products.Need("microsoft.extensions.caching.abstractions");
        string folder = products.Folder(name);
        Dotnet(folder, "new install Squelch.Templates");
        return folder;
    }

    private Command Dotnet(string folder, string arguments) => Command.Succeed(folder, User(folder), "dotnet", arguments);

    private Command Run(string folder, string program, string arguments) => Command.Run(folder, User(folder), program, arguments);

    /// <summary>Templates are installed in a home: each test has its own.</summary>
    private Dictionary<string, string> User(string folder)
        => new(products.User) { ["DOTNET_CLI_HOME"] = products.Folder(Path.GetRelativePath(products.Folder("."), folder).Split(Path.DirectorySeparatorChar)[0] + "-home") };

    private static string[] Tested(Command test) => [.. Summary().Matches(test.Output).Select(match => $"{match.Groups["outcome"].Value} {match.Groups["total"].Value}")];

    [GeneratedRegex(@"^(?<outcome>Passed|Failed)! .*Total: +(?<total>\d+),", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
