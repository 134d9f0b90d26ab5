using Squelch; using Squelch.GpuScoring;
using var gpu = GpuScorer.Open(new() { Mode = GpuMode.Require, Device = GpuOptions.Simulator });
var s = gpu.Accelerate(new Squelch.Policies.Lru().CreateSelector(new NodeTable(ModelShape.PaperHybrid),0));
Console.WriteLine(gpu.DeviceName + s);
