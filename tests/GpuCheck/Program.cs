using Squelch.GpuCheck;

return Arguments.Parse(args) is { } arguments ? Check.Run(arguments) : Arguments.Refuse();
