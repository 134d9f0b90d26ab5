using System.Text;
using Microsoft.Win32.SafeHandles;
using Squelch.GpuScoring;

namespace Squelch.Native;

/// <summary>The GPU of one cache or pool, with the kernels of build time; the environment says which one, and how much memory it may take.</summary>
internal sealed class VictimDevice(bool required) : IDisposable
{
    private GpuScorer? _gpu;

    /// <summary>Puts the GPU in front of a policy's own selector; where none is required and none can be used, gives that selector.</summary>
    /// <exception cref="Fault">One is required, and there is none, or the policy has no kernel.</exception>
    public IVictimSelector Accelerate(IVictimSelector selector)
    {
        try
        {
            _gpu = GpuScorer.Open(GpuOptions.FromEnvironment() with
            {
                Mode = required ? GpuMode.Require : GpuMode.Auto,
                Kernels = GpuKernels.BuildTime,
                OnWarning = Warn,
            });
            return _gpu.Accelerate(selector);
        }
        catch (SquelchException refused)
        {
            Dispose();
            throw new Fault(Codes.Unsupported, refused.Message);
        }
    }

    public void Dispose() => _gpu?.Dispose();

    /// <summary>A call that chose victims succeeds, whoever chose them, so its code has no room for this.</summary>
    private static void Warn(string text)
    {
        // Not by System.Console, which knows terminals: 40 KB of code.
        const nint StandardError = 2;
        using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
        using var error = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        error.Write(Encoding.UTF8.GetBytes($"squelch: {text}\n"));
    }
}
