using Squelch.Generators.Ir;

namespace Squelch.Generators.Emit;

/// <summary>Writes inputs by the names that authors use.</summary>
internal static class FeatureNames
{
    public static string? Of(Expression leaf) => leaf is Read read ? read.Name : null;
}
