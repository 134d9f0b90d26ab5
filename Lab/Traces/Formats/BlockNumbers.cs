namespace Squelch.Lab;

/// <summary>Numbers 64-bit block ids 0, 1, 2, ... in order of appearance.</summary>
internal sealed class BlockNumbers
{
    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<ulong> _ids = [];
    private int _last = -1;
    private int _nextFresh = int.MaxValue;

    /// <summary>Ids so far: their numbers are below this.</summary>
    public int Count => _ids.Count;

    /// <summary>The id's number.</summary>
    public int NumberOf(ulong id)
    {
        // Blocks that appeared in a row are asked for in a row: most look-ups need no hashing.
        int guess = _last + 1;
        if (guess < _ids.Count && _ids[guess] == id)
        {
            return _last = guess;
        }

        if (!_numbers.TryGetValue(id, out int number))
        {
            number = _ids.Count;
            _numbers.Add(id, number);
            _ids.Add(id);
        }

        return _last = number;
    }

    /// <summary>A number that no id has: they are given from above.</summary>
    public int Fresh() => _nextFresh--;
}
