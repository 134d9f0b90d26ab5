using System.Runtime.InteropServices;

namespace Squelch.GpuScoring.Tests;

public sealed class CudaLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("squelch-cuda-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Any library will do to show that the name with its number is found: .NET itself would not look for it.</summary>
    [Fact]
    public void ADriverThatHasItsNumberedNameAloneIsFound()
    {
        string driver = Path.Combine(_folder, "libcuda.so.1");
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"), driver);

        nint found = CudaLibrary.Find("cuda", [Path.Combine(_folder, "nowhere", "libcuda.so.1"), driver]);

        Assert.NotEqual(0, found);
        NativeLibrary.Free(found);
    }

    [Fact]
    public void WhatIsNotThereAndWhatIsNoDriverIsLeftToDotNet()
    {
        Assert.Equal(0, CudaLibrary.Find("cuda", [Path.Combine(_folder, "libcuda.so.1")]));
        Assert.Equal(0, CudaLibrary.Find("OpenCL", CudaLibrary.Places));
    }

    [Fact]
    public void WhereThereIsNoGpuTheMessageSaysWhatWasLookedFor()
    {
        var refused = Record.Exception(() => GpuScorer.Open(new() { Mode = GpuMode.Require }).Dispose());

        // A machine with a GPU refuses nothing.
        if (refused is not null)
        {
            Assert.Contains("libcuda.so.1", Assert.IsType<SquelchException>(refused).Message, StringComparison.Ordinal);
        }
    }
}
