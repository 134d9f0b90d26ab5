namespace Squelch;

/// <content>Where an engine finds the states of a sequence.</content>
public partial class PrefixCache
{
    /// <summary>
    /// The deepest node whose whole path a sequence begins with. From there <see cref="NodeTable.Parent"/> leads up to the root, and
    /// <see cref="NodeTable.Handle"/> says which states lie on the way: an engine finds so what a lease lets it reuse, and after a commit which tokens of KV
    /// each new handle holds. Nothing counts as a use, and nothing changes.
    /// </summary>
    /// <param name="sequence">Pages from the root on.</param>
    /// <param name="space">Namespace.</param>
    /// <returns>The node; the root where nothing of the sequence is held, <see cref="NodeTable.None"/> where the namespace holds nothing. Valid until the next commit or abandon.</returns>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    public int DeepestNode(ReadOnlySpan<int> sequence, long space = 0)
    {
        Enter();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            int root = _tree.FindRoot(space);
            return root == NodeTable.None ? NodeTable.None : _tree.Walk(new Position(root, 0, NodeTable.None, 0), sequence).Node;
        }
        finally
        {
            Exit();
        }
    }
}
