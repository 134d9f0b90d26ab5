using System.Text.RegularExpressions;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>No instruction of a kernel rounds in another way than .NET, and no product can be fused with a sum.</summary>
public sealed partial class RoundingTests
{
    private const string MayBeFused = " may be fused";

    public static TheoryData<string> Policies => [.. Replays.Policies.Where(policy => policy.Descriptor.Device is { HasKernel: true }).Select(policy => policy.Descriptor.Name)];

    [Theory]
    [MemberData(nameof(Policies))]
    public void KernelsRoundAsDotNet(string policy)
    {
        Type formula = typeof(Policies.Marconi).Assembly.GetType($"Squelch.Generated.Squelch_Policies_{policy}Formula", throwOnError: true)!;
        bool bounded = IsBounded(policy);
        foreach ((string name, string text) in PtxText.OfSelection(formula))
        {
            // Bounds are wide enough for fused products.
            string[] faults = [.. Faults(text).Where(fault => !bounded || !fault.EndsWith(MayBeFused, StringComparison.Ordinal))];
            Assert.True(faults.Length == 0, $"{policy} {name}: {string.Join("; ", faults)}");
        }
    }

    [Fact]
    public void APlainProductUnderASumIsFound()
    {
        string text = PtxText.Of(typeof(RoundingTests).GetMethod(nameof(Plain), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!);
        Assert.Contains(Faults(text), fault => fault.EndsWith(MayBeFused, StringComparison.Ordinal));
    }

    private static bool IsBounded(string policy)
    {
        RegisteredPolicy registered = Replays.Policies.Single(known => known.Descriptor.Name == policy);
        double[] tunables = [.. registered.Descriptor.Tunables.Select(tunable => tunable.Default)];
        return ((IDeviceScored)registered.CreateSelector(tunables, new NodeTable(ModelShape.PaperHybrid), 0)).DeviceShape.Bounded;
    }

    internal static void Plain(ILGPU.ArrayView<double> view) => view[0] = (view[1] * view[2]) + view[3];

    private static List<string> Faults(string text)
    {
        var faults = new List<string>();
        var products = new HashSet<string>();
        foreach (string line in text.Split('\n').Select(line => line.Trim()))
        {
            string[] words = [.. Separators().Split(line.TrimEnd(';')).Where(word => word.Length > 0)];
            if (words.Length == 0)
            {
                continue;
            }

            string operation = words[0];
            bool real = operation.EndsWith(".f64", StringComparison.Ordinal) || operation.EndsWith(".f32", StringComparison.Ordinal);
            if (operation.Contains(".approx", StringComparison.Ordinal) || operation.Contains(".ftz", StringComparison.Ordinal))
            {
                faults.Add($"{line} is inexact");
            }
            else if (real && (operation.StartsWith("fma", StringComparison.Ordinal) || operation.StartsWith("mad", StringComparison.Ordinal)))
            {
                faults.Add($"{line} rounds once");
            }
            else if (real && (operation.StartsWith("min.", StringComparison.Ordinal) || operation.StartsWith("max.", StringComparison.Ordinal)))
            {
                faults.Add($"{line} loses NaN");
            }
            else if (real && (operation.StartsWith("div", StringComparison.Ordinal) || operation.StartsWith("sqrt", StringComparison.Ordinal) || operation.StartsWith("rcp", StringComparison.Ordinal)) && !operation.Contains(".rn.", StringComparison.Ordinal))
            {
                faults.Add($"{line} has no rounding");
            }
            else if (operation == "mul.f64" || (operation.StartsWith("mov.", StringComparison.Ordinal) && products.Contains(words[2])))
            {
                products.Add(words[1]);
            }
            else if (operation is "add.f64" or "sub.f64" && words.Skip(2).Any(products.Contains))
            {
                faults.Add(line + MayBeFused);
            }
        }

        return faults;
    }

    [GeneratedRegex(@"[\s,]+")]
    private static partial Regex Separators();
}
