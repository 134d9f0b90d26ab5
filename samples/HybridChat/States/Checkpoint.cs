namespace HybridChat;

/// <summary>The recurrent states after a prefix.</summary>
/// <param name="Recurrent">As llama.cpp saves them alone.</param>
/// <param name="Next">The most likely token after the prefix: a request that ends here needs it, and computes nothing.</param>
/// <param name="Singles">Positions of the tokens, of the prefix, that were computed alone.</param>
internal sealed record Checkpoint(NativeBlock Recurrent, int Next, IReadOnlyList<int> Singles) : IDisposable
{
    public void Dispose() => Recurrent.Dispose();
}
