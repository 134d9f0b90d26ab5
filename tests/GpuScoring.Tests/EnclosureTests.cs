namespace Squelch.GpuScoring.Tests;

/// <summary>An operation's bounds hold what .NET gives for every number within its operands' bounds, and are narrow where the numbers are ordinary.</summary>
public sealed class EnclosureTests
{
    private static readonly double[] s_odd =
    [
        0, -0.0, 1, -1, 2, 0.5, 3, 1e-3, 1e3, 708, 709.5, 710, -708.5, -745, -750, 1e15, 1e300, -1e300, double.Epsilon, 2.3e-308, 4e-310, double.MaxValue, double.MinValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    public static TheoryData<string> Unary => [.. UnaryOperations.Keys];

    public static TheoryData<string> Binary => [.. BinaryOperations.Keys];

    private static Dictionary<string, (Func<Enclosure, Enclosure> Bounds, Func<double, double> Value)> UnaryOperations { get; } = new()
    {
        ["Negate"] = (Enclosure.Negate, value => -value),
        ["Abs"] = (Enclosure.Abs, Math.Abs),
        ["Sqrt"] = (Enclosure.Sqrt, Math.Sqrt),
        ["Floor"] = (Enclosure.Floor, Math.Floor),
        ["Ceiling"] = (Enclosure.Ceiling, Math.Ceiling),
        ["Exp"] = (Enclosure.Exp, Math.Exp),
        ["Exp2"] = (Enclosure.Exp2, double.Exp2),
        ["Log"] = (Enclosure.Log, Math.Log),
        ["Log2"] = (Enclosure.Log2, Math.Log2),
        ["Log10"] = (Enclosure.Log10, Math.Log10),
        ["Single"] = (Enclosure.Single, value => (float)value),
        ["Single Exp"] = (value => Enclosure.SingleFunction(Enclosure.Exp(Enclosure.Single(value))), value => MathF.Exp((float)value)),
        ["Single Log"] = (value => Enclosure.SingleFunction(Enclosure.Log(Enclosure.Single(value))), value => MathF.Log((float)value)),
    };

    private static Dictionary<string, (Func<Enclosure, Enclosure, Enclosure> Bounds, Func<double, double, double> Value)> BinaryOperations { get; } = new()
    {
        ["Add"] = (Enclosure.Add, (a, b) => a + b),
        ["Subtract"] = (Enclosure.Subtract, (a, b) => a - b),
        ["Multiply"] = (Enclosure.Multiply, (a, b) => a * b),
        ["Divide"] = (Enclosure.Divide, (a, b) => a / b),
        ["Min"] = (Enclosure.Min, Math.Min),
        ["Max"] = (Enclosure.Max, Math.Max),
        ["Pow"] = (Enclosure.Pow, Math.Pow),
        ["Less"] = ((a, b) => Enclosure.Choose(Enclosure.Less(a, b), Enclosure.Of(5), Enclosure.Of(7)), (a, b) => a < b ? 5 : 7),
        ["LessOrEqual"] = ((a, b) => Enclosure.Choose(Enclosure.LessOrEqual(a, b), Enclosure.Of(5), Enclosure.Of(7)), (a, b) => a <= b ? 5 : 7),
        ["Equal"] = ((a, b) => Enclosure.Choose(Enclosure.Equal(a, b), Enclosure.Of(5), Enclosure.Of(7)), (a, b) => a == b ? 5 : 7),
        ["IsNaN"] = ((a, b) => Enclosure.Choose(Enclosure.IsNaN(Enclosure.Add(a, b)), Enclosure.Of(5), Enclosure.Of(7)), (a, b) => double.IsNaN(a + b) ? 5 : 7),
    };

    [Theory]
    [MemberData(nameof(Unary))]
    public void OfOne(string name)
    {
        (Func<Enclosure, Enclosure> bounds, Func<double, double> value) = UnaryOperations[name];
        foreach (double number in Numbers())
        {
            Holds(bounds(Enclosure.Of(number)), value(number), $"{name}({number:R})");
            Enclosure wide = Around(number, out double[] within);
            foreach (double other in within)
            {
                Holds(bounds(wide), value(other), $"{name}({other:R}) within {wide.Low:R} to {wide.High:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void OfTwo(string name)
    {
        (Func<Enclosure, Enclosure, Enclosure> bounds, Func<double, double, double> value) = BinaryOperations[name];
        foreach (double a in Numbers().Take(80))
        {
            foreach (double b in Numbers().Take(80))
            {
                Holds(bounds(Enclosure.Of(a), Enclosure.Of(b)), value(a, b), $"{name}({a:R}, {b:R})");
                Enclosure wideA = Around(a, out double[] withinA);
                Enclosure wideB = Around(b, out double[] withinB);
                Holds(bounds(wideA, wideB), value(withinA[1], withinB[2]), $"{name} around ({a:R}, {b:R})");
                Holds(bounds(wideA, wideB), value(withinA[2], withinB[0]), $"{name} around ({a:R}, {b:R})");
            }
        }
    }

    [Fact]
    public void OrdinaryNumbersStaySharp()
    {
        var random = new Random(4);
        for (int time = 0; time < 2000; time++)
        {
            double x = random.NextDouble() * 40;
            foreach (Enclosure bounds in new[] { Enclosure.Exp(Enclosure.Of(x - 20)), Enclosure.Log(Enclosure.Of(x + 2)), Enclosure.Pow(Enclosure.Of(x + 0.1), Enclosure.Of(0.3)), Enclosure.Exp2(Enclosure.Of(x)) })
            {
                Assert.InRange(bounds.High - bounds.Low, 0, 1e-12 * Math.Max(Math.Abs(bounds.High), 0.1));
            }
        }
    }

    [Fact]
    public void ThreeAnswers()
    {
        int[] answers = [0, 1, 2];
        foreach (int a in answers)
        {
            Assert.Equal(a == 2 ? 2 : 1 - a, Enclosure.Not(a));
            foreach (int b in answers)
            {
                // An answer is certain where both ways of every open one lead to it.
                bool[] left = a == 2 ? [false, true] : [a == 1];
                bool[] right = b == 2 ? [false, true] : [b == 1];
                Assert.Equal(Of(left.SelectMany(x => right.Select(y => x && y))), Enclosure.And(a, b));
                Assert.Equal(Of(left.SelectMany(x => right.Select(y => x || y))), Enclosure.Or(a, b));
                Assert.Equal(Of(left.SelectMany(x => right.Select(y => x ^ y))), Enclosure.Xor(a, b));
            }
        }

        static int Of(IEnumerable<bool> ways) => ways.Distinct().Count() == 2 ? 2 : ways.First() ? 1 : 0;
    }

    private static IEnumerable<double> Numbers()
    {
        var random = new Random(6);
        return s_odd.Concat(Enumerable.Range(0, 3000).Select(index => index % 3 == 0 ? (random.NextDouble() - 0.5) * 1500 : index % 3 == 1 ? random.NextDouble() * 4 : Math.Exp((random.NextDouble() - 0.5) * 1400)));
    }

    private static Enclosure Around(double number, out double[] within)
    {
        double low = number - (Math.Abs(number) * 0.01);
        double high = number + (Math.Abs(number) * 0.02);
        within = [low, number, high];
        return double.IsNaN(low) || double.IsNaN(high) ? Enclosure.Whole : new(low, high);
    }

    private static void Holds(Enclosure bounds, double value, string what)
    {
        bool holds = double.IsNaN(value) ? double.IsNaN(bounds.Highest) : value >= bounds.Low && value <= bounds.High;
        Assert.True(holds, $"{what} is {value:R}, the bounds are {bounds.Low:R} and {bounds.High:R}");
    }
}
