namespace HybridChat;

/// <summary>The recurrent states after a prefix.</summary>
/// <param name="Recurrent">As llama.cpp saves them alone.</param>
/// <param name="Next">The most likely token after the prefix: a request that ends here needs it, and computes nothing.</param>
internal sealed record Checkpoint(NativeBlock Recurrent, int Next) : IDisposable
{
    public void Dispose() => Recurrent.Dispose();
}
