namespace Squelch.Tool.Tests;

public class StudyTraceTests
{
    [Fact]
    public void StartsAreDividedAndGapsAreMultiplied()
    {
        var trace = new Trace("t", 1, [At(0, 0), At(1, 4), At(0, 10), At(1, 11), At(-1, 12)]);

        Trace moved = Retiming.Of(trace, rate: 2, think: 0.5);

        Assert.Equal([(0L, 0.0), (1, 2), (0, 5), (1, 5.5), (-1, 6)], moved.Requests.Select(request => (request.Session, request.Time)));
    }

    [Fact]
    public void RequestsComeInTheOrderOfTheirNewTimes()
    {
        var trace = new Trace("t", 1, [At(0, 0), At(1, 1), At(0, 2), At(1, 9)]);

        Trace moved = Retiming.Of(trace, rate: 1, think: 8);

        Assert.Equal([(0L, 0.0), (1, 1), (0, 16), (1, 65)], moved.Requests.Select(request => (request.Session, request.Time)));
        Assert.Same(trace, Retiming.Of(trace, 1, 1));
    }

    /// <summary>Seven turns: of the sixth request on, the first observation is a line, and all else is as it was.</summary>
    [Fact]
    public void OfEachPromptTheLastFiveObservationsAreWhole()
    {
        Trace agent = Agent(turns: 8);
        Trace elided = ObservationElision.Of(agent, "elided");

        Assert.Equal(agent.Requests.Take(6).Select(Prompt), elided.Requests.Take(6).Select(Prompt));
        int[] line = [.. Prompt(elided.Requests[6]).Where(page => page > int.MaxValue - 10)];
        Assert.Equal(4, line.Length);
        Assert.Equal([.. Task, .. Answer(0), .. line, .. Answer(1), .. Observation(1)], Prompt(elided.Requests[6]).Take(Task.Length + 2 + 4 + 2 + 10));
        Assert.Equal([.. Task, .. Answer(0), .. line, .. Answer(1), .. line, .. Answer(2), .. Observation(2)], Prompt(elided.Requests[7]).Take(Task.Length + 2 + 4 + 2 + 4 + 2 + 10));
        Assert.Equal(agent.Requests.Select(request => request.OutputTokens), elided.Requests.Select(request => request.OutputTokens));
        Assert.All(elided.Requests, request => Assert.Equal(request.InputPages, request.InputTokens));
        Assert.All(elided.Requests, request => Assert.Equal(request.InputPages + request.OutputTokens, request.Pages.Length));
    }

    [Fact]
    public void APromptThatIsWrittenAnewIsANewTask()
    {
        List<Request> requests = [.. Agent(turns: 3).Requests];
        requests.Add(new() { Pages = new[] { 7, 8, 9 }, InputPages = 2, InputTokens = 2, OutputTokens = 1, Session = 0, Time = 99 });

        Trace elided = ObservationElision.Of(new("t", 1, requests), "elided");

        Assert.Equal([7, 8], Prompt(elided.Requests[^1]));
    }

    [Fact]
    public void AgentsAreToldFromOtherSessions()
    {
        Assert.True(ObservationElision.Suits(Agent(turns: 8)));
        Assert.False(ObservationElision.Suits(Agent(turns: 4)));
        Assert.False(ObservationElision.Suits(Agent(turns: 8) with { PageTokens = 16 }));
        Assert.False(ObservationElision.Suits(new("t", 1, [At(0, 0), At(0, 1), At(-1, 2)])));
    }

    [Fact]
    public void AShortTraceInAFolderIsFoundAndTwoOfOneNameAreRefused()
    {
        using var workplace = new Workplace();
        string inner = workplace.PathOf("inner");
        Directory.CreateDirectory(inner);
        File.WriteAllText(Path.Combine(inner, "README.md"), "not a trace");
        Assert.Throws<UsageException>(() => TraceFolders.Files([inner]));

        File.Copy(workplace.Trace, Path.Combine(inner, "other.jsonl"));
        Assert.Equal([workplace.Trace, Path.Combine(inner, "other.jsonl")], TraceFolders.Files([workplace.Trace, inner, inner]));

        File.Copy(workplace.Trace, Path.Combine(inner, "small.jsonl"));
        Assert.Throws<UsageException>(() => TraceFolders.Files([workplace.Trace, inner]));
    }

    private static int[] Task => [1, 2, 3];

    private static int[] Answer(int turn) => [100 + turn, 200 + turn];

    private static int[] Observation(int turn) => [.. Enumerable.Range(1000 * (turn + 1), 10)];

    private static int[] Prompt(Request request) => request.Pages[..request.InputPages].ToArray();

    private static Trace Agent(int turns)
    {
        List<Request> requests = [];
        List<int> said = [.. Task];
        for (int turn = 0; turn < turns; turn++)
        {
            int input = said.Count;
            said.AddRange(Answer(turn));
            requests.Add(new() { Pages = said.ToArray(), InputPages = input, InputTokens = input, OutputTokens = 2, Session = 0, Time = turn });
            said.AddRange(Observation(turn));
        }

        return new("agent", 1, requests);
    }

    private static Request At(long session, double time) => new() { Pages = new[] { 1, (int)time }, InputPages = 2, InputTokens = 2, Session = session, Time = time };
}
