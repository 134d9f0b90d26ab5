namespace Squelch.GpuScoring.Tests;

/// <summary>Settings, and what is said of those that cannot be.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData(null, GpuMode.Auto)]
    [InlineData("", GpuMode.Auto)]
    [InlineData("off", GpuMode.Off)]
    [InlineData(" Require ", GpuMode.Require)]
    public void Modes(string? text, GpuMode mode) => Assert.Equal(mode, GpuOptions.Read(key => key == "Squelch:Gpu" ? text : null).Mode);

    [Fact]
    public void Everything()
    {
        var settings = new Dictionary<string, string> { ["Squelch:Gpu"] = "auto", ["Squelch:GpuDevice"] = " H100 ", ["Squelch:GpuMemory"] = "1000000", ["Squelch:GpuKernels"] = " BuildTime" };
        Assert.Equal(new GpuOptions { Mode = GpuMode.Auto, Device = "H100", MemoryBytes = 1_000_000, Kernels = GpuKernels.BuildTime }, GpuOptions.Read(key => settings[key]));
    }

    [Theory]
    [InlineData("Squelch:Gpu", "yes", "off, auto or require")]
    [InlineData("Squelch:GpuKernels", "ilgpu", "runtime or buildtime")]
    [InlineData("Squelch:GpuMemory", "1GB", "whole number of bytes")]
    [InlineData("Squelch:GpuMemory", "0", "whole number of bytes")]
    [InlineData("Squelch:GpuMemory", "-5", "whole number of bytes")]
    public void Refused(string key, string value, string remedy)
    {
        string message = Assert.Throws<SquelchException>(() => GpuOptions.Read(name => name == key ? value : null)).Message;
        Assert.Contains(key, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Fact]
    public void OffLeavesTheSelectorAlone()
    {
        using GpuScorer gpu = GpuScorer.Open(new() { Mode = GpuMode.Off, Device = GpuOptions.Simulator });
        IVictimSelector own = new Policies.Lru().CreateSelector(new NodeTable(ModelShape.PaperHybrid), 0);
        Assert.Null(gpu.DeviceName);
        Assert.Same(own, gpu.Accelerate(own));
    }
}
