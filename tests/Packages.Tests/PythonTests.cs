namespace Squelch.Packages.Tests;

/// <summary>A user's formula in an engine that is written in Python.</summary>
[Collection(PackedCollection.Name)]
public sealed class PythonTests(PackedProducts products)
{
    /// <summary>vLLM's CPU tier, as the tests of the Python package stand in for it, under the policy of the library.</summary>
    private const string Host = """
        import os, sys
        os.environ["SQUELCH_LIBRARY"] = os.path.abspath(sys.argv[1])
        sys.path.insert(0, sys.argv[2])
        from types import SimpleNamespace
        from tests.doubles import vllm as double
        double.put()
        import squelch.vllm
        print(*(name for name in squelch.policies() if name.startswith("Mine")))
        tier = double.CPUOffloadingManager(4)
        tier._policy = squelch.vllm.MinePolicy(4)
        evicted = []
        for number in range(6):
            keys = [(100 * number + block).to_bytes(32, "little") + bytes(4) for block in range(2)]
            request = SimpleNamespace(req_id=str(number))
            tier.touch(keys, request)
            output = tier.prepare_store(keys, request)
            evicted += output.evicted_keys
            tier.complete_store(output.keys_to_store, request)
        print(type(tier._policy).__name__, len(evicted))
        """;

    [SkippableFact]
    public void APolicyOfTheTemplateIsLoadedByNameByTheAdapterOfVllm()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the library is published for Linux");
        products.Need("microsoft.dotnet.ilcompiler");
        products.Need("runtime.linux-x64.microsoft.dotnet.ilcompiler");
        string folder = products.Folder("python");
        Command.Succeed(folder, products.User, "dotnet", "new install Squelch.Templates");
        Command.Succeed(folder, products.User, "dotnet", "new squelch-policy -n Mine");
        string project = Path.Combine(folder, "Mine", "Mine");
        Command.Succeed(project, products.User, "dotnet", "add package Squelch.Native");
        Assert.Empty(Command.Succeed(project, products.User, "dotnet", "publish -c Release -r linux-x64 -p:PublishAot=true").Reported);
        File.WriteAllText(Path.Combine(project, "host.py"), Host + "\n");
        string package = Path.Combine(SharedData.Repository, "Python");
        Assert.Equal("MinePolicy\nMinePolicy 8\n", Command.Succeed(project, products.User, "python3", $"host.py bin/Release/net10.0/linux-x64/publish/Mine.so {package}").Output);
    }
}
