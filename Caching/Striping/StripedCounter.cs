namespace Squelch.Caching;

/// <summary>A count that many threads change.</summary>
internal sealed class StripedCounter
{
    private readonly Padded[] _stripes = new Padded[Stripes.Count];

    public long Sum
    {
        get
        {
            long sum = 0;
            for (int i = 0; i < _stripes.Length; i++)
            {
                sum += Volatile.Read(ref _stripes[i].Value);
            }

            return sum;
        }
    }

    public void Increment() => Interlocked.Increment(ref _stripes[Stripes.Current].Value);

    public void Decrement() => Interlocked.Decrement(ref _stripes[Stripes.Current].Value);
}
