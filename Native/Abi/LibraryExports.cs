using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Squelch.Native;

/// <summary>What is asked of the library as a whole.</summary>
internal static unsafe class LibraryExports
{
    public const int Major = 1;
    public const int Minor = 0;

    [UnmanagedCallersOnly(EntryPoint = "sq_abi_version")]
    public static uint AbiVersion() => (Major << 16) | Minor;

    [UnmanagedCallersOnly(EntryPoint = "sq_instruction_set")]
    public static int InstructionSet() => Avx512F.IsSupported ? 4 : Avx2.IsSupported ? 3 : Sse42.IsSupported ? 2 : 0;

    [UnmanagedCallersOnly(EntryPoint = "sq_last_error")]
    public static long Message(byte* buffer, long capacity)
    {
        try
        {
            return Utf8Text.WriteCut(LastError.Message, buffer, capacity);
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
    }
}
