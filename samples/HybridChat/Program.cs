using HybridChat;
using Squelch;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

// Ctrl-C ends the run between two steps, so that native memory is freed; a second one ends the program at once.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
try
{
    return Session.Run(Arguments.Parse(args), stop.Token);
}
catch (SquelchException exception)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {exception.Message} Give files that can be written (--save-model, --chart), and room for the tiny model among temporary files.");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine($"stopped; {NativeBlock.Held} bytes of saved states are still held");
    return 130;
}
