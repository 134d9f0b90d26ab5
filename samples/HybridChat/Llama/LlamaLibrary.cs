using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Squelch;

namespace HybridChat;

/// <summary>Loads llama.cpp once, in the build that this machine's processor runs.</summary>
public static unsafe class LlamaLibrary
{
    private static readonly Lazy<string?> s_fault = new(Load);

    /// <summary>Why it does not load here; null where it does.</summary>
    public static string? Fault => s_fault.Value;

    /// <summary>Loads it.</summary>
    /// <exception cref="SquelchException">It does not load here.</exception>
    public static void Require()
    {
        if (Fault is { } fault)
        {
            throw new SquelchException($"llama.cpp does not load: {fault}. It needs Linux, macOS or Windows on x64 or arm64, and on Linux the package libgomp1.");
        }
    }

    private static string? Load()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "llama");
        string build = Avx512F.IsSupported && Avx512BW.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : Avx.IsSupported ? "avx" : "noavx";
        folder = Directory.Exists(Path.Combine(folder, build)) ? Path.Combine(folder, build) : folder;
        (string before, string after) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        nint library = 0;
        try
        {
            foreach (string name in (string[])["ggml-base", "ggml-cpu", "ggml", "llama"])
            {
                library = NativeLibrary.Load(Path.Combine(folder, before + name + after));
            }
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return exception.Message.ReplaceLineEndings(" ").Trim();
        }

        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == LlamaNative.Library ? library : 0);
        LlamaNative.LogSet(&OnLog, null);
        LlamaNative.BackendInit();
        LlamaNative.ContextParams known = LlamaNative.ContextDefaultParams();
        return known is { Context: 512, MicroBatch: 512, Sequences: 1, KeyType: 1, ValueType: 1, OffloadKqv: 1 }
            ? null
            : "its structs are those of another version than LLamaSharp.Backend.Cpu 0.30.0";
    }

    /// <summary>llama.cpp tells much; what is wrong comes back as a code, too.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(int level, byte* text, void* data)
    {
    }
}
