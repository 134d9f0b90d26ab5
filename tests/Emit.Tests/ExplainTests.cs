using Xunit;

namespace Squelch.Emit.Tests;

public class ExplainTests
{
    [Fact]
    public void ContributionsAddUpToTheScore()
    {
        var grove = new Grove(Samples.Marconi, 300, seed: 2);
        grove.Now += 250;
        foreach (int node in grove.Live)
        {
            TermValue[] terms = grove.Selector.Explain(node, grove.Now);
            Assert.Equal(["Recency", "FlopEfficiency"], terms.Select(term => term.Name));
            Assert.Equal(terms[0].Contribution + terms[1].Contribution, grove.Selector.Score(node, grove.Now));
            Assert.Equal(1 / (grove.Now - grove.Selector.ReadColumn(0, node)), terms[0].Raw);
        }
    }

    [Fact]
    public void TheVictimScoresLowest()
    {
        var grove = new Grove(Samples.Marconi, 300, seed: 3);
        grove.Now += 250;
        int victim = grove.Agreed();
        Assert.All(grove.Candidates, node => Assert.True(grove.Selector.Score(victim, grove.Now) <= grove.Selector.Score(node, grove.Now)));
    }
}
