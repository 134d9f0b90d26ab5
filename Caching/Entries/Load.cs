namespace Squelch.Caching;

/// <summary>One call of a factory, and those who wait for it. The one who calls it is the first of them.</summary>
/// <param name="thread">The thread that calls the factory and waits for it; 0 where no thread waits.</param>
/// <param name="cancellation">Stops the factory once nobody waits any more; null where it cannot be stopped.</param>
internal sealed class Load<TValue>(int thread, CancellationTokenSource? cancellation)
{
    private static readonly object s_over = new();

    // Null until somebody waits; a TaskCompletionSource; s_over once the factory has returned.
    private object? _waiters;
    private int _callers = 1;

    /// <summary>Stops the factory once nobody waits.</summary>
    public CancellationToken Cancellation => cancellation?.Token ?? CancellationToken.None;

    /// <summary>The thread that calls is the one that would be waited for.</summary>
    public bool IsOwn => thread == Environment.CurrentManagedThreadId;

    /// <summary>One more waits.</summary>
    /// <returns>What to wait for; null where the factory has returned or was given up meanwhile: look again.</returns>
    public Task<TValue>? TryJoin()
    {
        int callers = Volatile.Read(ref _callers);
        while (callers > 0)
        {
            int seen = Interlocked.CompareExchange(ref _callers, callers + 1, callers);
            if (seen == callers)
            {
                return Task();
            }

            callers = seen;
        }

        return null;
    }

    /// <summary>What the first caller, who need not join, waits for.</summary>
    public Task<TValue>? Task()
    {
        object? waiters = Volatile.Read(ref _waiters);
        if (waiters is null)
        {
            var fresh = new TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters = Interlocked.CompareExchange(ref _waiters, fresh, null) ?? fresh;
        }

        return (waiters as TaskCompletionSource<TValue>)?.Task;
    }

    /// <summary>One waits no more.</summary>
    /// <returns>True where nobody does: the factory is told to stop.</returns>
    public bool Leave()
    {
        if (Interlocked.Decrement(ref _callers) != 0)
        {
            return false;
        }

        // What listens to the token runs elsewhere: the one who leaves neither waits for it nor gets what it throws.
        _ = cancellation?.CancelAsync();
        return true;
    }

    public void Complete(TValue value) => (Interlocked.Exchange(ref _waiters, s_over) as TaskCompletionSource<TValue>)?.SetResult(value);

    public void Fail(Exception exception)
    {
        if (Interlocked.Exchange(ref _waiters, s_over) is not TaskCompletionSource<TValue> waiters)
        {
            return;
        }

        if (exception is OperationCanceledException cancelled)
        {
            waiters.SetCanceled(cancelled.CancellationToken);
        }
        else
        {
            waiters.SetException(exception);

            // All who waited may have left; then nobody else looks.
            _ = waiters.Task.Exception;
        }
    }
}
