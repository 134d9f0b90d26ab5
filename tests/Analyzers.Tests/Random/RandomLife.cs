using System.Globalization;
using System.Reflection;

namespace Squelch.Analyzers.Tests.RandomPolicies;

/// <summary>Legal values for a policy's own methods: nodes are made, used and evicted at random and at the limits, and each method is called as a cache would.</summary>
internal sealed class RandomLife
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Random _random;
    private readonly Candidates _only;
    private readonly bool _checkpoints;
    private readonly bool _single;
    private readonly MethodInfo[] _features;
    private readonly MethodInfo[] _updates;
    private readonly MethodInfo[] _scores;
    private readonly MethodInfo[] _evictions;
    private readonly (string Name, double Weight, bool Scaled, string? Tunable)[] _terms;
    private readonly TunableDescriptor[] _tunables;
    private readonly Dictionary<string, double> _values = [];
    private readonly Dictionary<string, double> _states = [];
    private readonly Action<string, double> _computed;
    private bool _threw;

    /// <param name="computed">Called with the name of each score or term, and its value.</param>
    public RandomLife(Type policy, PolicyDescriptor descriptor, int seed, Action<string, double> computed)
    {
        _random = new Random(seed);
        _computed = computed;
        _only = descriptor.Candidates;
        _checkpoints = descriptor.Admission.Checkpoints != Checkpoints.None;
        _single = policy.GetCustomAttribute<EvictionPolicyAttribute>()!.Precision == Precision.Single;
        _tunables = [.. descriptor.Tunables];
        MethodInfo[] methods = [.. policy.GetMethods(Members).OrderBy(method => method.MetadataToken)];
        _features = [.. methods.Where(method => method.GetCustomAttribute<FeatureAttribute>() is not null)];
        _updates = [.. methods.Where(method => _features.Contains(method) || State<OnInsertAttribute>(method) is not null || State<OnHitAttribute>(method) is not null)];
        _scores = [.. methods.Where(method => method.GetCustomAttribute<ScoreAttribute>() is not null || method.GetCustomAttribute<TermAttribute>() is not null)];
        _evictions = [.. methods.Where(method => method.GetCustomAttribute<OnEvictAttribute>() is not null)];
        _terms =
        [
            .. _scores.Where(method => method.GetCustomAttribute<TermAttribute>() is not null).Select(method =>
            {
                TermAttribute term = method.GetCustomAttribute<TermAttribute>()!;
                return (method.Name, term.Weight is string or null ? 1 : Convert.ToDouble(term.Weight, CultureInfo.InvariantCulture), term.Normalize == Normalize.MinMax, term.Weight as string);
            }),
        ];
        foreach (PropertyInfo property in policy.GetProperties(Members).Where(property => property.GetCustomAttribute<PolicyStateAttribute>() is not null))
        {
            _states[Camel(property.Name)] = 0;
        }
    }

    public void Live(int nodes)
    {
        for (int node = 0; node < nodes; node++)
        {
            Make();
            for (int uses = _random.Next(4); uses > 0; uses--)
            {
                Use();
            }

            Leave();
        }
    }

    private void Make()
    {
        foreach (TunableDescriptor tunable in _tunables)
        {
            _values[Camel(tunable.Name)] = _random.Next(4) switch
            {
                0 => tunable.Minimum,
                1 => tunable.Maximum,
                _ => tunable.Minimum + (_random.NextDouble() * (tunable.Maximum - tunable.Minimum)),
            };
        }

        bool hasParent = _values.ContainsKey("hits") && _random.Next(2) == 0;
        foreach (string own in _values.Keys.Where(name => !name.StartsWith("parent", StringComparison.Ordinal)).ToArray())
        {
            _values[Parent(own)] = hasParent ? _values[own] : 0;
        }

        _values["continues"] = hasParent ? _random.Next(2) : 0;
        double now = Number(0, 9007199254740991 / 4);
        _values["now"] = _values["lastAccess"] = _values["inserted"] = now;
        _values["hits"] = 1;
        _values["sessions"] = Whole(1, 304);
        _values["evictedAgo"] = _random.Next(3) == 0 ? double.PositiveInfinity : Number(0, 9007199254740991);
        _values["depthTokens"] = Whole(1, int.MaxValue);
        _values["tokens"] = Whole(1, _values["depthTokens"]);
        _values["kvBytes"] = Whole(_checkpoints ? 0 : 1, 1L << 49);
        _values["checkpointBytes"] = _checkpoints ? Whole(_values["kvBytes"] == 0 ? 1 : 0, 1L << 49) : 0;
        _values["bytesHeld"] = _values["kvBytes"] + _values["checkpointBytes"];
        _values["replayTokens"] = Whole(_values["tokens"], _values["depthTokens"]);
        _values["subtreeHits"] = 1;
        _values["subtreeBytes"] = Whole(_values["bytesHeld"], 1L << 50);
        Children(0);
        _values["pathBytes"] = Whole(_values["bytesHeld"], 1L << 50);
        _values["pathFlops"] = Number(0, 1e22);
        _values["flopsSaved"] = Math.Min(Number(0, 1e22), _values["pathFlops"]);
        _values["cost"] = _values["flopsSaved"];
        Hints();
        foreach (string feature in _features.Select(method => Camel(method.Name)))
        {
            _values[feature] = 0;
        }

        Update<OnInsertAttribute>();
    }

    private void Use()
    {
        _values["now"] += Number(0, 1e6);
        _values["lastAccess"] = _values["now"];
        _values["hits"]++;
        _values["subtreeHits"]++;
        _values["sessions"] = Math.Min(304, _values["sessions"] + _random.Next(2));
        Hints();
        Update<OnHitAttribute>();
    }

    /// <summary>Sets the children, and what hangs on them.</summary>
    private void Children(int count)
    {
        _values["children"] = count;
        _values["bytesFreed"] = count == 0 ? _values["bytesHeld"] : _values["checkpointBytes"];
        _values["tokensLost"] = _values["checkpointBytes"] > 0 ? _values["replayTokens"] : count == 0 ? _values["tokens"] : 0;
    }

    private void Hints()
    {
        _values["priority"] = Number(0, 9007199254740991);
        _values["expires"] = _random.Next(3) == 0 ? double.PositiveInfinity : Number(0, 9007199254740991);
        _values["nextUse"] = _random.Next(3) == 0 ? double.PositiveInfinity : Number(0, 9007199254740991);
        _values["turn"] = 1 + _random.Next(100);
        _values["sessionGap"] = _random.Next(3) == 0 ? double.PositiveInfinity : Number(0, 9007199254740991);
        _values["sessionGapSpread"] = _random.Next(3) == 0 ? double.PositiveInfinity : Number(0, 9007199254740991);
        _values["category"] = _random.Next(100);
        _values["draw"] = _random.Next(8) switch { 0 => 0, 1 => 1 - Math.Pow(2, -52), _ => Math.Floor(_random.NextDouble() * (1L << 52)) / (1L << 52) };
    }

    /// <summary>Scores the node some times, as it ages, and evicts it.</summary>
    private void Leave()
    {
        double score = 0;
        if (_features.Length == 0 && _random.Next(2) == 0)
        {
            // No history hangs on it.
            _values["hits"] = _values["subtreeHits"] = Whole(1, 9007199254740991);
        }

        for (int looks = 0; looks < 2; looks++)
        {
            _values["now"] += looks * Number(0, 9007199254740991 / 4);
            Children(_only is Candidates.Leaves || (_only is Candidates.Checkpoints && _values["checkpointBytes"] == 0) ? 0 : _random.Next(_only is Candidates.Checkpoints ? 3 : 2));
            _threw = false;
            double[] values = [.. _scores.Select(Run)];
            for (int i = 0; i < values.Length; i++)
            {
                if (!_threw)
                {
                    _computed(_scores[i].Name, values[i]);
                }
            }

            score = _terms.Length == 0
                ? values[0]
                : _terms.Select((term, i) => (term.Tunable is null ? term.Weight : _values[Camel(term.Tunable)]) * (term.Scaled ? 1 : values[i])).Sum();
        }

        _values["victimScore"] = double.IsNaN(score) ? double.PositiveInfinity : score;
        foreach (MethodInfo eviction in _evictions)
        {
            Write(Camel(eviction.GetCustomAttribute<OnEvictAttribute>()!.State), Run(eviction));
        }
    }

    /// <summary>What is not a number is not taken.</summary>
    private void Write(string state, double value) => _states[state] = double.IsNaN(value) ? _states[state] : value;

    private void Update<TEvent>()
        where TEvent : Attribute
    {
        foreach (MethodInfo method in _updates.Where(method => method.GetCustomAttribute<TEvent>() is not null))
        {
            double value = Run(method);
            if (State<TEvent>(method) is { } state)
            {
                Write(state, value);
            }
            else
            {
                _values[Camel(method.Name)] = value;
            }
        }
    }

    /// <summary>The policy state that a method writes at an event, as formulas read it; null for a feature's.</summary>
    private static string? State<TEvent>(MethodInfo method)
        where TEvent : Attribute
        => method.GetCustomAttribute<TEvent>() switch
        {
            OnInsertAttribute { State: { } state } => Camel(state),
            OnHitAttribute { State: { } state } => Camel(state),
            _ => null,
        };

    private double Run(MethodInfo method)
    {
        try
        {
            return Convert.ToDouble(
                method.Invoke(null, [.. method.GetParameters().Select(parameter => Convert.ChangeType(Value(parameter.Name!), parameter.ParameterType, CultureInfo.InvariantCulture))]),
                CultureInfo.InvariantCulture);
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is ArithmeticException)
        {
            // Math.Sign of NaN throws; the compiled formula gives 0, so this value says nothing of it.
            _threw = true;
            return double.NaN;
        }
    }

    private double Value(string name)
    {
        // Before the first node there is no parent.
        double value = _states.TryGetValue(name, out double state) ? state : _values.GetValueOrDefault(name);
        return _single ? (float)value : value;
    }

    /// <summary>A limit, a small number, or one of any size.</summary>
    private double Number(double least, double most) => _random.Next(6) switch
    {
        0 => least,
        1 => most,
        2 => Math.Min(most, least + 1),
        3 => Math.Min(most, least + _random.Next(1000)),
        _ => Math.Min(most, least + Math.Exp(_random.NextDouble() * Math.Log(Math.Max(most - least, 1)))),
    };

    private double Whole(double least, double most) => Math.Floor(Number(least, most));

    private static string Parent(string name) => "parent" + char.ToUpperInvariant(name[0]) + name[1..];

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
