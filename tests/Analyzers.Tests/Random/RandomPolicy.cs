using System.Globalization;

namespace Squelch.Analyzers.Tests.RandomPolicies;

/// <summary>A policy that nobody would write, as C#: all that the language has, in the proportions of a careless author.</summary>
internal sealed class RandomPolicy
{
    private static readonly string[] s_features = [.. BuiltInFeatures.All.Where(feature => !feature.NeedsReuseTable).Select(feature => feature.Name)];
    private static readonly double[] s_literals = [0, 1, 2, 3, 0.5, 7, 10, 64, 1000, 1e-9, 1e6, 1e12, 0.1, 1e100];

    private readonly Random _random;
    private readonly bool _single;
    private readonly List<string> _tunables = [];
    private readonly List<string> _states = [];
    private readonly List<string> _features = [];
    private readonly List<(string Name, string Text, HashSet<string> Reads)> _members = [];
    private readonly HashSet<string> _kept = [];
    private HashSet<string> _reads = [];
    private List<string> _locals = [];
    private bool _readsParent;

    public RandomPolicy(ulong seed, int index)
    {
        _random = new Random(unchecked((int)seed ^ (int)(seed >> 32)));
        Name = "P" + index;
        _single = One(8);
        Write();
    }

    public string Name { get; }

    public string Text { get; private set; } = "";

    private string Number => _single ? "float" : "double";

    private string Math => _single ? "MathF" : "Math";

    private void Write()
    {
        bool leaves = One(2);
        for (int i = _random.Next(3); i > 0; i--)
        {
            string name = "T" + i;
            _tunables.Add(name);
            (string low, string high) = Pick<(string, string)>([("0", "2"), ("1", "10"), ("-1", "1"), ("0.001", "1"), ("1", "1e6")]);
            _members.Add((Names(name), $"    [Tunable({low}, {high}{(One(2) ? ", Step = 0.001" : "")})] public double {name} {{ get; init; }}\n", []));
        }

        if (One(5))
        {
            _states.Add("Level");
            _members.Add(("level", "    [PolicyState] double Level { get; init; }\n", []));
        }

        int features = One(4) ? 1 + _random.Next(2) : 0;
        int learns = _states.Count > 0 && One(2) ? _random.Next(features + 1) : -1;
        for (int i = features; i >= 0; i--)
        {
            if (i == learns)
            {
                Method(Pick(["[OnHit(nameof(Level))]", "[OnInsert(nameof(Level))]", "[OnInsert(nameof(Level)), OnHit(nameof(Level))]"]), "Learn", 1);
            }

            if (i > 0)
            {
                WriteFeature("F" + i);
            }
        }

        if (One(2))
        {
            int scores = 1 + _random.Next(2);
            for (int i = 0; i < scores; i++)
            {
                Method($"[Score{(i == 0 ? "" : $"(Order = {i})")}]", "S" + i, 4);
            }
        }
        else
        {
            for (int i = 1 + _random.Next(3); i > 0; i--)
            {
                string? tunable = _tunables.Count > 0 && One(2) ? Pick(_tunables) : null;
                string weight = tunable is not null ? $", Weight = nameof({tunable})" : One(2) ? "" : $", Weight = {Pick(["0.5", "2.0", "1", "-1.0", "0.25", "1e3", "1e18"])}";
                if (tunable is not null)
                {
                    Read(tunable);
                    _kept.Add(Names(tunable));
                }

                Method($"[Term(Normalize = Normalize.{(One(3) ? "None" : "MinMax")}{weight})]", "Term" + i, 3);
            }
        }

        Keep();
        if (_kept.Contains("level") && !One(8))
        {
            Method("[OnEvict(nameof(Level))]", "Raise", 1, One(2) ? "victimScore" : null);
            _kept.Add("raise");
            Keep();
        }

        if (_kept.Contains("level") && learns >= 0)
        {
            _kept.Add("learn");
            Keep();
        }

        Text = Attributes(leaves)
            + $"public readonly partial struct {Name}\n{{\n{string.Concat(_members.Where(member => _kept.Contains(member.Name)).Select(member => member.Text))}}}\n";
    }

    /// <summary>One in six says what cannot be or says nothing; the analyzers are to refuse that.</summary>
    private string Attributes(bool leaves)
    {
        string policy = $"[EvictionPolicy(Candidates = Candidates.{(leaves ? "Leaves" : "AtMostOneChild")}{(_single ? ", Precision = Precision.Single" : "")}{(One(2) ? ", Touch = Touch.Path" : "")}{(One(3) ? ", EvictsUsed = true" : "")})]\n";
        string admission = !One(2) ? "" : $"[Admission({Pick(["Checkpoints.None", "Checkpoints.LastToken", "Checkpoints.BranchPoint | Checkpoints.LastToken", "Checkpoints.Interval, Every = 4", "Checkpoints.Interval | Checkpoints.BranchPoint, Every = 8, Align = 4", "Checkpoints.LastToken, Align = 2", "Checkpoints.Interval", "Checkpoints.Interval, Every = 5, Align = 2"])})]\n";
        string tuner = _tunables.Where(tunable => _kept.Contains(Names(tunable))).ToArray() is { Length: > 0 } kept && One(4) ? $"[BootstrapTuner(nameof({Name}.{Pick(kept)}))]\n" : "";
        return policy + admission + tuner;
    }

    /// <summary>Leaves out what no score depends on: that is a rule of its own.</summary>
    private void Keep()
    {
        for (int before = -1; before < _kept.Count;)
        {
            before = _kept.Count;
            foreach (string read in _members.Where(member => _kept.Contains(member.Name)).SelectMany(member => member.Reads).ToArray())
            {
                _kept.Add(read);
                if (read.StartsWith("parent", StringComparison.Ordinal))
                {
                    _kept.Add(Names(read["parent".Length..]));
                }
            }
        }
    }

    private void WriteFeature(string name)
    {
        switch (_random.Next(4))
        {
            case 0:
                Method("[Feature, OnInsert, OnHit]", name, 2);
                break;
            case 2:
                Method("[Feature, OnInsert]", name, 2);
                break;
            case 1:
                int parameters = Method("[Feature, OnInsert]", name, 2);
                Method("[Feature, OnHit]", name, 2, Names(name), parameters);
                break;
            default:
                Method("[Feature, OnHit]", name, 2);
                break;
        }

        _features.Add(name);
    }

    /// <param name="other">Parameters of another method of this name.</param>
    private int Method(string attributes, string name, int depth, string? also = null, int other = -1)
    {
        _reads = [];
        _locals = [];
        _readsParent = attributes == "[Feature, OnInsert]";
        var statements = new List<string>();
        for (int i = One(3) ? _random.Next(3) : 0; i > 0; i--)
        {
            string value = Expression(depth - 1);
            statements.Add($"        {Number} local{i} = {value};\n");
            _locals.Add("local" + i);
        }

        if (One(6))
        {
            statements.Add($"        if ({Condition(1)})\n        {{\n            return {Expression(depth - 1)};\n        }}\n\n");
        }

        string result = Expression(depth);
        if (also is not null)
        {
            _reads.Add(also);
            result = Pick([$"{also} + {result}", $"{Math}.Max({also}, {result})", $"{also} / 2 + {result}", also]);
        }

        if (attributes.StartsWith("[Score", StringComparison.Ordinal) || attributes.StartsWith("[Term", StringComparison.Ordinal))
        {
            // Most scores tell nodes apart.
            result = _reads.Overlaps(s_features) || One(20) ? result : $"{result} + {Read(Pick(s_features))} / {Literal(least: 1)}";
            _kept.Add(Names(name));
        }

        while (_reads.Count == other)
        {
            // Two methods of one name need two signatures; a parameter more than is read is no fault.
            _reads.Add(Pick(s_features));
        }

        string parameters = string.Join(", ", _reads.OrderBy(read => read, StringComparer.Ordinal).Select(read => $"{Number} {read}"));
        // The compiled formula leaves out a local that nobody reads; so does the author, or what it computes could throw.
        for (int i = statements.Count - 1; i >= 0; i--)
        {
            string local = statements[i].Trim().Split(' ')[1];
            if (local.StartsWith("local", StringComparison.Ordinal) && !statements.Skip(i + 1).Append(result).Any(text => text.Contains(local, StringComparison.Ordinal)))
            {
                statements.RemoveAt(i);
            }
        }

        string body = statements.Count == 0 ? $"        => {result};\n" : $"    {{\n{string.Concat(statements)}        return {result};\n    }}\n";
        _members.Add((Names(name), $"    {attributes}\n    static {Number} {name}({parameters})\n{body}", _reads));
        return _reads.Count;
    }

    private string Expression(int depth)
    {
        if (depth <= 0 || One(6))
        {
            return Leaf();
        }

        string E() => Expression(depth - 1);
        switch (_random.Next(24))
        {
            case 0 or 1:
                return $"({E()} + {E()})";
            case 2:
                return $"({E()} - {E()})";
            case 3 or 4:
                return $"{E()} * {E()}";
            case 5 or 6:
                return $"({E()}) / {Math}.Max({E()}, 1)";
            case 7:
                return $"({E()}) / ({Math}.Abs({E()}) + 1)";
            case 8:
                return One(12) ? $"({E()}) / ({E()})" : $"({E()}) / {Literal(least: 1)}";
            case 9:
                return $"{Math}.Min({E()}, {E()})";
            case 10:
                return $"{Math}.Max({E()}, {E()})";
            case 11:
                return $"{Math}.Abs({E()})";
            case 12:
                return One(12) ? $"{Math}.Sqrt({E()})" : $"{Math}.Sqrt({Math}.Max({E()}, 0))";
            case 13:
                return One(12) ? $"{Math}.Exp({E()})" : $"{Math}.Exp(-{Math}.Abs({E()}))";
            case 14:
                return One(12) ? $"{Math}.{Pick(["Log", "Log10"])}({E()})" : $"{Math}.Log({Math}.Abs({E()}) + 1)";
            case 15:
                return One(12) ? $"{Math}.Pow({E()}, {E()})" : $"{Math}.Pow({Math}.Min({Math}.Abs({E()}), {Literal(least: 1)}), {Pick(["0.5", "2", "1.5", "3"])}{(_single ? "f" : "")})";
            case 16:
                return $"Math.Clamp({E()}, {Pick(["0", "0.5", "1"])}{(_single ? "f" : "")}, {Literal(least: 1)})";
            case 17:
                return $"{Math}.{Pick(["Floor", "Ceiling"])}({E()})";
            case 18:
                return $"({Condition(1)} ? {E()} : {E()})";
            case 19:
                return $"(-({E()}))";
            case 20:
                return $"({Number})((long){Math}.Min({Math}.Abs({E()}), 1000) {Pick(["% 7", "& 3", "<< 2", ">> 1", "| 1", "^ 5", "* 3", "+ 4"])})";
            case 21:
                return One(12) ? $"({E()}) % ({E()})" : $"({E()}) % {Literal(least: 1)}";
            case 22:
                return $"({Number}){Math}.Sign({Math}.Floor({E()}))";
            default:
                return One(3) ? $"({Number}.IsNaN({E()}) ? 0 : {E()})" : Leaf();
        }
    }

    private string Condition(int depth)
    {
        if (depth > 0 && One(4))
        {
            return $"({Condition(depth - 1)} {Pick(["&&", "||"])} {(One(3) ? "!" : "")}({Condition(depth - 1)}))";
        }

        return $"{Expression(1)} {Pick(["<", "<=", ">", ">=", "!=", "=="])} {Expression(0)}";
    }

    private string Leaf()
    {
        int pick = _random.Next(20);
        if (pick < 3 && _locals.Count > 0)
        {
            return Pick(_locals);
        }

        if (pick < 5 && _tunables.Count > 0)
        {
            return Read(Pick(_tunables));
        }

        if (pick < 7 && _states.Count > 0)
        {
            return Read(Pick(_states));
        }

        if (pick < 9 && _features.Count > 0)
        {
            return Read(Pick(_features));
        }

        if (pick < 12)
        {
            return Literal(0);
        }

        string feature = Pick(s_features);
        if (_readsParent && pick < 16)
        {
            string own = _features.Count > 0 && One(2) ? Pick(_features) : feature is "now" or "draw" ? "hits" : feature;
            return $"{Read("parent" + char.ToUpperInvariant(own[0]) + own[1..])} / {Literal(least: 1)}";
        }

        return pick < 14
            ? feature is "now" or "lastAccess" or "inserted" ? $"({Read("now")} - {Read(Pick(["lastAccess", "inserted"]))}) / {Literal(least: 1)}" : Read(feature)
            : $"{Read(feature)} / {Literal(least: 1)}";
    }

    private string Read(string name)
    {
        string parameter = Names(name);
        _reads.Add(parameter);
        return parameter;
    }

    private string Literal(double least)
    {
        double value = Pick([.. s_literals.Where(literal => literal >= least && (!_single || literal < 1e30))]);
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return _single ? text + "f" : text.Contains('.', StringComparison.Ordinal) || text.Contains('E', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Names(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private bool One(int of) => _random.Next(of) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
