namespace Squelch.Native;

/// <summary>What a library without devices says of them. Squelch.Native.Gpu has another class in its place.</summary>
internal sealed class VictimDevice : IDisposable
{
    public VictimDevice(bool required) => throw new Fault(
        Codes.Unsupported,
        $"This library has no code for devices, so the option 'device' cannot be \"{(required ? "require" : "auto")}\". Write \"off\"; or publish with the package Squelch.Native.Gpu in place of Squelch.Native.");

    public IVictimSelector Accelerate(IVictimSelector selector) => selector;

    public void Dispose()
    {
    }
}
