namespace Squelch.Packages.Tests;

/// <summary>A user's own policy as a native library: one reference, one publish.</summary>
[Collection(PackedCollection.Name)]
public sealed class NativeTests(PackedProducts products)
{
    private const int Unsupported = -5;

    private const string Policy = """
        using Squelch;

        [EvictionPolicy]
        public readonly partial struct Mine
        {
            [Score] static double Worth(double now, double lastAccess, double hits, double bytesHeld) => hits / bytesHeld / Math.Max(now - lastAccess, 1);
        }
        """;

    /// <summary>Inserts three blocks, of which the second is used again, and takes two victims.</summary>
    private const string Host = """
        import ctypes, struct, sys
        library = ctypes.CDLL(sys.argv[1])
        print(library.sq_abi_version() >> 16, library.sq_register())
        pool = ctypes.c_uint64()
        options = b'{"policy": "Mine", "device": "auto"}'
        print(library.sq_pool_open(options, ctypes.c_int64(len(options)), ctypes.byref(pool)))
        if pool.value:
            library.sq_pool_close(pool)
        options = b'{"policy": "Mine"}'
        print(library.sq_pool_open(options, ctypes.c_int64(len(options)), ctypes.byref(pool)))
        def op(kind, slot, now):
            return struct.pack("=6iqQ3d", kind, slot, -1, 0, 1, 0, 100, slot + 1, now, 0.0, 1.0)
        log = op(1, 0, 1.0) + op(1, 1, 2.0) + op(1, 2, 3.0) + op(2, 1, 4.0)
        print(library.sq_pool_log(pool, log, ctypes.c_int64(4)))
        victims = (ctypes.c_int32 * 2)()
        print(library.sq_pool_evict(pool, ctypes.c_double(5.0), ctypes.c_int64(2), None, ctypes.c_int64(0), victims), list(victims))
        """;

    /// <summary>A library without devices refuses them, rather than never to use one.</summary>
    [SkippableTheory]
    [InlineData("Squelch.Native", Unsupported)]
    [InlineData("Squelch.Native.Gpu", 0)]
    public void AnOwnPolicyIsPublishedAsALibraryWithOneReference(string package, int withDevice)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the library is published for Linux");
        products.Need("microsoft.dotnet.ilcompiler");
        products.Need("runtime.linux-x64.microsoft.dotnet.ilcompiler");
        string folder = products.Project($"mine-{package}", "<OutputType>Library</OutputType><AssemblyName>mine</AssemblyName>", package);
        File.WriteAllText(Path.Combine(folder, "Mine.cs"), Policy + "\n");
        File.WriteAllText(Path.Combine(folder, "host.py"), Host + "\n");
        Assert.Contains("-r linux-x64 -p:PublishAot=true", Command.Run(folder, products.User, "dotnet", "publish -c Release -r linux-x64").Output, StringComparison.Ordinal);
        Assert.Empty(Command.Succeed(folder, products.User, "dotnet", "publish -c Release -r linux-x64 -p:PublishAot=true").Reported);
        Assert.Equal($"1 1\n{withDevice}\n0\n0\n2 [0, 2]\n", Command.Succeed(folder, products.User, "python3", "host.py bin/Release/net10.0/linux-x64/publish/mine.so").Output);
    }

    /// <summary>Hosts include them.</summary>
    [Theory]
    [InlineData("Squelch.Native")]
    [InlineData("Squelch.Native.Gpu")]
    public void TheHeadersAreInThePackage(string id)
    {
        using System.IO.Compression.ZipArchive package = products.Open(id);
        Assert.All(["include/squelch.h", "include/squelch_load.h", $"build/{id}.props", $"build/{id}.targets"], name => Assert.NotNull(package.GetEntry(name)));
    }
}
