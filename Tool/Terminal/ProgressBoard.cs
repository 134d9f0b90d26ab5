using System.Collections.Concurrent;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary>What a progress bar counts.</summary>
internal enum ProgressUnit
{
    /// <summary>Bytes read.</summary>
    Bytes,

    /// <summary>Requests replayed.</summary>
    Requests,

    /// <summary>Traces done, which are too different for a rate.</summary>
    Traces,
}

/// <summary>Progress bars with rates on a terminal, where someone watches, and below them what is to be said of the traces.</summary>
internal sealed class ProgressBoard
{
    private readonly ProgressContext? _context;
    private readonly ConcurrentQueue<string> _notes;

    private ProgressBoard(ProgressContext? context, ConcurrentQueue<string> notes) => (_context, _notes) = (context, notes);

    /// <summary>Does the work while its bars are shown; then come the notes.</summary>
    public static async Task<T> WatchAsync<T>(Terminal terminal, Func<ProgressBoard, Task<T>> work)
    {
        var notes = new ConcurrentQueue<string>();
        T done = await (!terminal.ShowsProgress
            ? work(new ProgressBoard(null, notes))
            : terminal.Error.Progress()
                .AutoClear(true)
                .HideCompleted(true)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
                .StartAsync(context => Task.Run(() => work(new ProgressBoard(context, notes)))));
        foreach (string note in terminal.IsQuiet ? [] : notes)
        {
            terminal.Error.Profile.Out.Writer.WriteLine($"note: {note}");
        }

        return done;
    }

    /// <summary>Says what is to be known of how a trace was read, once the bars are gone.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="withPartialBlocks">False where the command says itself what became of them.</param>
    public void Note(Trace trace, bool withPartialBlocks = true)
    {
        foreach (string note in trace.Notes.Where(note => withPartialBlocks || note != trace.PartialBlocks?.ToString()))
        {
            _notes.Enqueue($"{trace.Name}: {note}");
        }
    }

    /// <summary>Says something when the work is done.</summary>
    public void Note(string note) => _notes.Enqueue(note);

    /// <summary>A new bar.</summary>
    /// <param name="label">What it shows.</param>
    /// <param name="total">Where it ends.</param>
    /// <param name="unit">What it counts.</param>
    public ProgressBar Add(string label, long total, ProgressUnit unit)
    {
        ProgressTask? task = _context?.AddTask(Markup.Escape(label), maxValue: Math.Max(1, total));
        task?.State.Update<ProgressUnit>(RateColumn.UnitKey, _ => unit);
        return new(task);
    }
}

/// <summary>One bar of a <see cref="ProgressBoard"/>.</summary>
internal readonly struct ProgressBar(ProgressTask? task)
{
    /// <summary>So much more is done.</summary>
    public void Advance(long amount) => task?.Increment(amount);

    /// <summary>Takes how much is done in all, time and again.</summary>
    public Action<int> ReachedBy()
    {
        ProgressBar bar = this;
        int before = 0;
        return done =>
        {
            bar.Advance(done - before);
            before = done;
        };
    }

    /// <summary>All is done.</summary>
    public void Finish()
    {
        if (task is not null)
        {
            task.Value = task.MaxValue;
            task.StopTask();
        }
    }
}
