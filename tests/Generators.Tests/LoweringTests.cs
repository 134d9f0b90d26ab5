using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Tests;

public class LoweringTests
{
    private static readonly Expression Hits = new Read(IrType.Double, ReadKind.Feature, "hits");
    private static readonly Expression One = new Constant(IrType.Double, 1, 0);

    [Fact]
    public void LocalsAndOwnMethodsAreSubstituted()
        => Assert.Equal(
            new Binary(IrType.Double, BinaryOp.Add, new Binary(IrType.Double, BinaryOp.Multiply, Hits, Hits), One),
            Body("[Score] static double S(double hits) { double square = Square(hits); return square + 1; } static double Square(double x) => x * x;"));

    [Fact]
    public void AParameterOfAnotherTypeIsConverted()
        => Assert.Equal(
            new Conversion(IrType.Double, new Binary(IrType.Long, BinaryOp.Divide, new Conversion(IrType.Long, Hits), new Constant(IrType.Long, 0, 2))),
            Body("[Score] static double S(long hits) => hits / 2;"));

    [Fact]
    public void AnIfWithReturnsIsAChoice()
        => Assert.Equal(
            new Choice(IrType.Double, new Binary(IrType.Bool, BinaryOp.Less, Hits, One), One, Hits),
            Body("[Score] static double S(double hits) { if (hits < 1) { return 1; } return hits; }"));

    [Fact]
    public void AnIsPatternIsAComparison()
        => Assert.Equal(
            Body("[Score] static double S(double hits) => hits > 1 && hits < 5 ? 1 : hits;"),
            Body("[Score] static double S(double hits) => hits is > 1 and < 5 ? 1 : hits;"));

    [Fact]
    public void ASwitchExpressionIsChoicesFromTheFirstArmOn()
        => Assert.Equal(
            Body("[Score] static double S(double hits, double tokens) => hits == 1 ? 7 : hits >= 2 && hits < 4 && tokens > 3 ? tokens : !(hits == 5) || hits == 1 ? hits : 0.5;"),
            Body("[Score] static double S(double hits, double tokens) => hits switch { 1 => 7, >= 2 and < 4 when tokens > 3 => tokens, not 5 or 1 => hits, _ => 0.5 };"));

    [Fact]
    public void AChoiceBetweenWholeLiteralsIsOneOfDoubles()
        => Assert.Equal(
            new Choice(IrType.Double, new Binary(IrType.Bool, BinaryOp.Less, Hits, One), new Constant(IrType.Double, 0, 0), One),
            Body("[Score] static double S(double hits) => hits < 1 ? 0 : 1;"));

    [Fact]
    public void ConstantsOfOtherTypesAreFolded()
        => Assert.Equal(new Binary(IrType.Double, BinaryOp.Multiply, Hits, new Constant(IrType.Double, Math.PI, 0)), Body("[Score] static double S(double hits) => hits * Math.PI;"));

    [Fact]
    public void CommentsDoNotChangeTheFormulaText()
    {
        string plain = Compiled.Bind(Compiled.Policy("[Score] static double S(double hits) => Math.Max(-hits, 1) / (hits + 1);")).Model!.Scores[0].Source;
        string commented = Compiled.Bind(Compiled.Policy("[Score] static double S(double hits) => Math.Max(- hits,1)/*x*/ /(hits\n+ 1) ;")).Model!.Scores[0].Source;
        Assert.Equal("Math.Max(-hits, 1) / (hits + 1)", plain);
        Assert.Equal(plain, commented);
    }

    [Fact]
    public void TheCompilerAndTheFrameworkListTheSameFeatures()
        => Assert.Equal(
            BuiltInFeatures.All.Select(feature => (feature.Name, feature.Unit.ToString(), feature.Minimum, feature.Maximum)),
            FeatureTable.All.Select(feature => (feature.Name, feature.Unit, feature.Low, feature.High)));

    private static Expression Body(string policy)
    {
        BoundPolicy bound = Compiled.Bind(Compiled.Policy(policy));
        Assert.Empty(bound.Problems);
        return bound.Model!.Scores[0].Body;
    }
}
