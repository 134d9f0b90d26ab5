using System.Globalization;
using System.Text;

namespace Squelch.GpuScoring;

/// <summary>
/// The text of the kernels of one policy: the files of Driver/Kernels, joined with the policy's formula. A line <c>#name</c> stands for the file of that name, or for a
/// part of the formula; in what it stands for, <c>?</c> at the end of a label is a number of its own each time.
/// </summary>
internal sealed class PtxModule
{
    /// <summary>The kernels.</summary>
    public static IReadOnlyList<string> Kernels { get; } = ["scatter", "extremes", "best", "count", "below"];

    private readonly DevicePtx _formula;
    private int _parts;

    private PtxModule(DevicePtx formula) => _formula = formula;

    /// <summary>What the driver loads: double precision and 64-bit atomics of any GPU since Volta (2017).</summary>
    public static string Of(DevicePtx formula)
    {
        var module = new PtxModule(formula);
        var text = new StringBuilder(".version 7.0\n.target sm_70\n.address_size 64\n");
        foreach (string kernel in Kernels)
        {
            text.Append('\n').Append(module.Join(File(kernel)));
        }

        // No array of PTX is empty.
        return text
            .Replace("[ARGUMENTS]", Length(DriverArguments.Bytes))
            .Replace("[UNIFORMS]", Length(sizeof(ulong) * Math.Max(1, formula.Uniforms)))
            .Replace("[SCALES]", Length(2 * sizeof(double) * Math.Max(1, formula.Terms.Length)))
            .ToString();
    }

    private static string Length(int bytes) => $"[{bytes.ToString(CultureInfo.InvariantCulture)}]";

    private static string File(string name)
    {
        using Stream file = typeof(PtxModule).Assembly.GetManifestResourceStream(name + ".ptx")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>The text with what its lines stand for.</summary>
    private string Join(string text)
    {
        string number = (++_parts).ToString(CultureInfo.InvariantCulture);
        var joined = new StringBuilder();
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
            {
                joined.Append(Join(Part(line[1..])));
            }
            else if (!line.StartsWith("//", StringComparison.Ordinal))
            {
                joined.Append(line.Replace("?", number, StringComparison.Ordinal)).Append('\n');
            }
        }

        return joined.ToString();
    }

    private string Part(string name) => name switch
    {
        "score" => $"{_formula.Scores[0]}\n#key\n",
        "term" => Cases("%term", 0, _formula.Terms) + "Chosen?:\n",
        "further" => $"#row\n{Cases("%order", 1, _formula.Scores.Skip(1))}mov.b64 %key, %creation;\nChosen?:\n",
        _ => File(name),
    };

    /// <summary>The key of the formula whose number is in a register; past the last one comes what follows.</summary>
    private static string Cases(string register, int first, IEnumerable<string> formulas)
        => string.Concat(formulas.Select((formula, index) => $"""
            setp.ne.u32 %case, {register}, {first + index};
            @%case bra Not{index}x?;
            {formula}
            #key
            bra Chosen?;
            Not{index}x?:

            """));
}
