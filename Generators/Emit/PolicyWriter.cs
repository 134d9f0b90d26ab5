using System.Collections.Generic;
using Squelch.Generators.Ir;
namespace Squelch.Generators.Emit;
internal static class PolicyWriter { public static IEnumerable<(string HintSuffix, string Text)> Write(PolicyModel model) { yield break; } }
