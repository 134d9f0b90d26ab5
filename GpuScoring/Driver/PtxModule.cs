using System.Globalization;
using System.Text;

namespace Squelch.GpuScoring;

/// <summary>
/// The text of the kernels of one policy: the files of Driver/Kernels, joined with the policy's formula. A line <c>#name</c> stands for the file of that name, or for a
/// part of the formula; what is between <c>#rows</c> and <c>#end</c> is done with each row. In what a line stands for, <c>?</c> at the end of a label is a number of its
/// own each time.
/// </summary>
internal sealed class PtxModule
{
    private const int LoadBytes = 16;

    /// <summary>A number follows these, always: no other register's name begins so.</summary>
    private const string Column = "%column";
    private const string Value = "%value";
    private const string Least = "%least";
    private const string Most = "%most";

    private static readonly string[] s_kernels = ["scatter", "extremes", "best", "count", "below"];
    private static readonly string[] s_summaryKernels = ["renew", "bounds"];

    private readonly DevicePtx _formula;
    private readonly DeviceShape _shape;
    private int _parts;

    private PtxModule(DevicePtx formula, DeviceShape shape) => (_formula, _shape) = (formula, shape);

    private string Type => _shape.Single ? "f32" : "f64";

    /// <summary>Rows that a thread reads at once. A column's length in memory is a multiple of it.</summary>
    public static int RowsPerLoad(DeviceShape shape) => LoadBytes / (shape.Single ? sizeof(float) : sizeof(double));

    /// <summary>What the driver loads: double precision and 64-bit atomics of any GPU since Volta (2017).</summary>
    public static string Of(DevicePtx formula, DeviceShape shape)
    {
        var module = new PtxModule(formula, shape);
        var text = new StringBuilder(".version 7.0\n.target sm_70\n.address_size 64\n");
        foreach (string kernel in s_kernels.Concat(formula.Bound is null ? [] : s_summaryKernels))
        {
            text.Append('\n').Append(module.Join(File(kernel)));
        }

        // No array of PTX is empty.
        return text
            .Replace("[ARGUMENTS]", Length(DriverArguments.Bytes))
            .Replace("[UNIFORMS]", Length(sizeof(ulong) * Math.Max(1, formula.Uniforms)))
            .Replace("[SCALES]", Length(2 * sizeof(double) * Math.Max(1, formula.Terms.Count)))
            .ToString();
    }

    private static string Length(int bytes) => $"[{Number(bytes)}]";

    private static string File(string name)
    {
        using Stream file = typeof(PtxModule).Assembly.GetManifestResourceStream(name + ".ptx")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>The text with what its lines stand for.</summary>
    private string Join(string text)
    {
        string number = Number(++_parts);
        var joined = new StringBuilder();
        StringBuilder? each = null;
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line == "#rows")
            {
                each = new();
            }
            else if (line == "#end")
            {
                joined.Append(Rows(each!.ToString()));
                each = null;
            }
            else if (each is not null)
            {
                each.Append(line).Append('\n');
            }
            else if (line[0] == '#')
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
        "registers" => Registers(),
        "score" => $"{_formula.Scores[0]}\n#key\n",
        "first" => OfRow(_formula.Scores[0]),
        "further" => $"#row\n{Further()}mov.b64 %key, %creation;\nChosen?:\n",
        "ranges" => OfTerms(term => $"mov.b64 %low{term}, 0xFFFFFFFFFFFFFFFF;\nmov.b64 %high{term}, 0;\n"),
        "terms" => OfTerms(term => $"{_formula.Terms[term]}\n#key\nsetp.eq.u64 %skip, %key, 0xFFFFFFFFFFFFFFFE;\n@!%skip min.u64 %low{term}, %low{term}, %key;\n@!%skip max.u64 %high{term}, %high{term}, %key;\n"),
        "ends" => OfTerms(Ends),
        "bound" => $"{Bounds(Least, 0)}{Bounds(Most, sizeof(ulong))}{_formula.Bound}\n#key\n",
        "together" => OfTerms(term => $"mov.b64 %low, %low{term};\nmov.b64 %high, %high{term};\nadd.u64 %at, %extremes, {2 * sizeof(ulong) * term};\n#range\n"),
        _ => File(name),
    };

    /// <summary>What is done with each row, with the loads of the columns that it reads. Each row's values have registers of their own.</summary>
    private string Rows(string each)
    {
        int rows = RowsPerLoad(_shape);
        string[] all = [.. Enumerable.Range(0, rows).Select(row => Join($"add.u32 %row, %index, {row};\nmov.b64 %creation, %creation{row};\n{each}"))];
        var loads = new StringBuilder();
        for (int row = 0; row < rows; row += LoadBytes / sizeof(long))
        {
            loads.Append($"ld.global.nc.v2.u64 {{%creation{row}, %creation{row + 1}}}, [%at+{row * sizeof(long)}];\n");
        }

        foreach (int column in ColumnsOf(all[0]))
        {
            string values = string.Join(", ", Enumerable.Range(0, rows).Select(row => $"%column{row}x{column}"));
            loads.Append($"mad.lo.u64 %at, %stride, {column}, %from;\nld.global.nc.v{rows}.{Type} {{{values}}}, [%at];\n");
        }

        return Join(File("rows")
            .Replace("ROWS", Number(rows), StringComparison.Ordinal)
            .Replace("#loads", loads.ToString(), StringComparison.Ordinal)
            .Replace("#each", string.Concat(all.Select((text, row) => text.Replace(Column, $"{Column}{row}x", StringComparison.Ordinal))), StringComparison.Ordinal));
    }

    /// <summary>The key of the further score whose number is in <c>%order</c>, of one row; past the last one comes what follows.</summary>
    private string Further()
    {
        var text = new StringBuilder();
        for (int order = 1; order < _formula.Scores.Count; order++)
        {
            text.Append($"setp.ne.u32 %case, %order, {order};\n@%case bra Not{order}x?;\n");
            text.Append($"{OfRow(_formula.Scores[order])}bra Chosen?;\nNot{order}x?:\n");
        }

        return text.ToString();
    }

    /// <summary>The key of a score of one row, which is at <c>%from</c>.</summary>
    private string OfRow(string score)
        => string.Concat(ColumnsOf(score).Select(column => $"mad.lo.u64 %at, %stride, {column}, %from;\nld.global.nc.{Type} {Value}{column}, [%at];\n"))
            + $"{score.Replace(Column, Value, StringComparison.Ordinal)}\n#key\n";

    /// <summary>The extremes of a term by those of the one column that it reads and moves with. What is NaN there is not known elsewhere.</summary>
    private string Ends(int term)
    {
        string at = _formula.Terms[term];
        var text = new StringBuilder($"mov.b64 %low, 0xFFFFFFFFFFFFFFFF;\nmov.b64 %high, 0;\n");
        foreach (int side in new[] { 0, sizeof(ulong) })
        {
            foreach (int column in ColumnsOf(at))
            {
                text.Append(LoadBound($"%totals+{(2 * sizeof(ulong) * column) + side}", Value + Number(column)));
            }

            text.Append($"{at.Replace(Column, Value, StringComparison.Ordinal)}\n#key\nsetp.eq.u64 %skip, %key, 0xFFFFFFFFFFFFFFFE;\n@%skip bra Spoiled;\nmin.u64 %low, %low, %key;\nmax.u64 %high, %high, %key;\n");
        }

        int place = 2 * sizeof(ulong) * term;
        return text.Append($"st.global.u64 [%extremes+{place}], %low;\nst.global.u64 [%extremes+{place + sizeof(ulong)}], %high;\n").ToString();
    }

    /// <summary>Loads what the bound reads of the block whose bounds are at <c>%from</c>.</summary>
    private string Bounds(string side, int offset)
        => string.Concat(NumbersAfter(_formula.Bound!, side).Select(column => LoadBound($"%from+{(2 * sizeof(ulong) * column) + offset}", side + Number(column))));

    /// <summary>Bounds are kept as keys.</summary>
    private string LoadBound(string place, string register)
        => $"ld.global.u64 %key, [{place}];\n#number\n" + (_shape.Single ? $"mov.b64 %score, %key;\ncvt.rn.f32.f64 {register}, %score;\n" : $"mov.b64 {register}, %key;\n");

    private string Registers()
    {
        string count = $"<{_shape.Columns + 1}>";
        var text = new StringBuilder($".reg .{Type} {Value}{count}, {Least}{count}, {Most}{count};\n");
        for (int row = 0; row < RowsPerLoad(_shape); row++)
        {
            text.Append($".reg .b64 %creation{row};\n.reg .{Type} %column{row}x<{_shape.Columns + 1}>;\n");
        }

        return text.Append(OfTerms(term => $".reg .b64 %low{term}, %high{term};\n")).ToString();
    }

    private string OfTerms(Func<int, string> text) => string.Concat(Enumerable.Range(0, _formula.Terms.Count).Select(text));

    /// <summary>The columns that a text reads, each once.</summary>
    private static IEnumerable<int> ColumnsOf(string text) => NumbersAfter(text, Column);

    private static IEnumerable<int> NumbersAfter(string text, string word)
        => text.Split(word).Skip(1).Select(rest => int.Parse(rest.AsSpan(0, rest.AsSpan().IndexOfAnyExceptInRange('0', '9')), CultureInfo.InvariantCulture)).Distinct().Order();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
