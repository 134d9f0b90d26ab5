namespace Squelch.Native.Tests;

/// <summary>The library as C hosts get it, with a CUDA driver of the tests' own.</summary>
[Collection(PublishedCollection.Name)]
public class PublishedDeviceTests(PublishedLibrary library)
{
    [Fact]
    public void NothingOfIlgpuIsInIt()
        => Assert.DoesNotContain("ILGPU.Resources", File.ReadAllText(library.Of(2), System.Text.Encoding.Latin1), StringComparison.Ordinal);

    [Fact]
    public void ADriverWithoutDevicesIsAskedAndAutoLetsTheCpuChoose()
    {
        using CProgram driver = Driver(devices: 0), program = CProgram.Compile("device.c");
        Assert.Equal(
            (0, "-5 A GPU is required. The CUDA driver could not start: NO_DEVICE 100, no device of the tests. Under auto the CPU does where there is none.\n"),
            Run(program, driver, "Marconi", "require"));
        Assert.Equal(Run(program, driver, "Marconi", "off"), Run(program, driver, "Marconi", "auto"));
    }

    /// <summary>Its kernels are loaded and launched; what they answer cannot be, so the CPU's plan chooses the same victims, and says so once for each object.</summary>
    [Theory]
    [InlineData("Marconi")]
    [InlineData("Hyperbolic")]
    [InlineData("Lru")]
    public void ADeviceThatFailsCostsNoVictimAndIsTold(string policy)
    {
        using CProgram driver = Driver(devices: 1), program = CProgram.Compile("device.c");
        (int code, string victims) = Run(program, driver, policy, "off");
        Assert.Equal(0, code);
        Assert.Matches(@"^(\d+ ){20}.*0:\d+", victims);
        (code, string told) = Run(program, driver, policy, "require");
        Assert.Equal(0, code);
        Assert.StartsWith(victims, told, StringComparison.Ordinal);
        Assert.Matches(@"^(squelch: Victims are chosen on the CPU from now on: the GPU failed \(.+\)\. No victim was lost\.\n){2}$", told[victims.Length..]);
    }

    [Fact]
    public void APolicyWithoutAKernelIsRefusedWhereADeviceIsRequired()
    {
        using CProgram driver = Driver(devices: 1), program = CProgram.Compile("device.c");
        (int code, string told) = Run(program, driver, "Sieve", "require");
        Assert.Equal(0, code);
        Assert.StartsWith("-5 A GPU is required, but SieveSelector has no kernel", told, StringComparison.Ordinal);
    }

    private static CProgram Driver(int devices)
        => CProgram.CompileText(CProgram.Source("cuda.c"), $"-std=gnu11 -shared -fPIC -Wl,-soname,libcuda.so.1 -DDEVICES={devices}");

    private (int Code, string Output) Run(CProgram program, CProgram driver, string policy, string device)
        => program.Run(driver.Path, library.Of(2), policy, device);
}
