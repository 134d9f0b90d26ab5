using Squelch.Tool;

return await SquelchTool.RunAsync(args, Terminal.OfThisProcess());
