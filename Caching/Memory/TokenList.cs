using System.Collections;
using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;

namespace Squelch.Caching;

/// <summary>The tokens of an entry. Readers see the list as it was when they began: entries that are linked to this one may add theirs from other threads, also once it is in the cache.</summary>
internal sealed class TokenList : IList<IChangeToken>
{
    private ImmutableArray<IChangeToken> _tokens = [];

    public int Count => _tokens.Length;

    public bool IsReadOnly => false;

    public IChangeToken this[int index]
    {
        get => index >= 0 && index < _tokens.Length ? _tokens[index] : throw new ArgumentOutOfRangeException(nameof(index));
        set => ImmutableInterlocked.Update(ref _tokens, tokens => tokens.SetItem(index, value));
    }

    public void Add(IChangeToken item) => ImmutableInterlocked.Update(ref _tokens, tokens => tokens.Add(item));

    public void AddAll(TokenList others) => ImmutableInterlocked.Update(ref _tokens, tokens => tokens.AddRange(others._tokens));

    public void Insert(int index, IChangeToken item) => ImmutableInterlocked.Update(ref _tokens, tokens => tokens.Insert(index, item));

    public bool Remove(IChangeToken item) => ImmutableInterlocked.Update(ref _tokens, tokens => tokens.Remove(item));

    public void RemoveAt(int index) => ImmutableInterlocked.Update(ref _tokens, tokens => tokens.RemoveAt(index));

    public void Clear() => ImmutableInterlocked.Update(ref _tokens, static _ => []);

    public bool Contains(IChangeToken item) => _tokens.Contains(item);

    public int IndexOf(IChangeToken item) => _tokens.IndexOf(item);

    public void CopyTo(IChangeToken[] array, int arrayIndex) => _tokens.CopyTo(array, arrayIndex);

    public ImmutableArray<IChangeToken>.Enumerator GetEnumerator() => _tokens.GetEnumerator();

    IEnumerator<IChangeToken> IEnumerable<IChangeToken>.GetEnumerator() => ((IEnumerable<IChangeToken>)_tokens).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_tokens).GetEnumerator();
}
