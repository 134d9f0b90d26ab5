using System.Runtime.InteropServices;

namespace Squelch.Caching;

/// <summary>A number alone on its cache lines, so that threads that write different ones do not slow each other.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct Padded
{
    [FieldOffset(64)]
    public long Value;
}
