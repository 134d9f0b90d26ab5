using System.Runtime.InteropServices;

namespace Squelch.Native.Tests;

/// <summary>Whether a device chooses: the option of caches and of pools, under the runtime that the tests run on.</summary>
public class DeviceTests
{
    public static TheoryData<string> Objects => new("cache", "pool");

    [Theory]
    [MemberData(nameof(Objects))]
    public void ADeviceThatIsNotKnownIsRefused(string kind)
    {
        Assert.Equal(Codes.Unknown, Open(kind, "gpu", out _));
        Assert.Contains("There is no device 'gpu'. Write \"off\", \"auto\" or \"require\"", Abi.LastError, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Objects))]
    public void WhereThereIsNoDeviceAutoOpensAndRequireSaysWhatWasLookedFor(string kind)
    {
        Skip.If(NativeLibrary.TryLoad("libcuda.so.1", out _), "there is a CUDA driver here");
        Assert.Equal(0, Open(kind, "auto", out ulong handle));
        Assert.Equal(0, kind == "cache" ? Abi.CloseCache(handle) : PoolAbi.Close(handle));
        Assert.Equal(Codes.Unsupported, Open(kind, "require", out handle));
        Assert.Contains("the driver's library was looked for as libcuda.so.1, /usr/local/nvidia", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(0UL, handle);
    }

    private static int Open(string kind, string device, out ulong handle)
        => kind == "cache"
            ? Abi.OpenCache($$"""{ "policy": "Marconi", "capacity": 1000000000, "model": "marconi-7b", "device": "{{device}}" }""", out handle)
            : PoolAbi.Open($$"""{ "policy": "Marconi", "device": "{{device}}" }""", out handle);
}
