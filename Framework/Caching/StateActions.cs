namespace Squelch;

/// <summary>What the engine has to do after one commit, in order.</summary>
internal sealed class StateActions
{
    private StateAction[] _actions = new StateAction[16];
    private int _count;

    public ReadOnlySpan<StateAction> All => _actions.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(StateActionKind kind, StateHandle handle, StateHandle other = default, int tokens = 0)
    {
        if (_count == _actions.Length)
        {
            Array.Resize(ref _actions, _count * 2);
        }

        _actions[_count++] = new StateAction(kind, handle, other, tokens);
    }
}
