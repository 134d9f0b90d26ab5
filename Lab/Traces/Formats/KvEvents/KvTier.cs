namespace Squelch.Lab;

/// <summary>Where an engine keeps blocks: on the device, whose cache is replayed, or elsewhere.</summary>
internal static class KvTier
{
    /// <summary>What engines call the device's memory.</summary>
    private static readonly string[] s_device = ["GPU", "DEVICE", "HBM", "VRAM", "CUDA", "NPU", "XPU", "TPU", "HPU"];

    /// <summary>The tier of an event as the log names it; null for the device, which is meant where nothing is said.</summary>
    public static string? Of(KvEventFields known)
    {
        string? medium = known.Text("medium") ?? known.Origin.Medium;
        return medium is { Length: > 0 } && !IsDevice(medium) ? medium
            : known.Text("locality") is { } locality && !locality.Equals("LOCAL", StringComparison.OrdinalIgnoreCase) ? locality
            : known.Text("ownership");
    }

    // cuda:0 and GPU_0 are the device too.
    private static bool IsDevice(string medium)
    {
        ReadOnlySpan<char> name = medium.AsSpan().TrimEnd("0123456789").TrimEnd(":_");
        foreach (string device in s_device)
        {
            if (name.Equals(device, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
