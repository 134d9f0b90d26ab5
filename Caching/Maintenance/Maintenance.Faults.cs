namespace Squelch.Caching;

/// <content>What a selector, or the number or comparer of a key, does wrong.</content>
internal sealed partial class Maintenance<TKey, TValue>
{
    private volatile Exception? _fault;

    /// <summary>After a fault the policy is told of nothing more: what is there may still go, and nothing comes.</summary>
    private void Refuse(in Write<TKey, TValue> write)
    {
        if (write.Kind == WriteKind.Remove)
        {
            _table.Tell();
            return;
        }

        _table.TryRemove(write.Entry, RemovalReason.Removed);
        _table.Tell();
        ThrowIfFaulted();
    }

    /// <summary>Tells the policy of one use or change. What it throws leaves it with a part of that, and so is thrown at each later change, too.</summary>
    private void Tell<TArgument>(Action<Residents<TKey, TValue>, TArgument> tell, TArgument argument)
    {
        try
        {
            tell(_residents, argument);
        }
        catch (Exception exception)
        {
            _fault = exception;
            throw;
        }
    }

    private void ThrowIfWithin()
    {
        if (_lock.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("The number or comparer of a key, or the policy's selector, uses the cache that calls it. They may not: they are called in the middle of a change.");
        }
    }

    private void ThrowIfFaulted()
    {
        if (_fault is { } fault)
        {
            throw new InvalidOperationException("The policy's selector, or the number or comparer of a key, threw while the policy was told of uses and changes, so that what it chooses is no longer sure. Make a new cache, and mend what threw.", fault);
        }
    }
}
