// Verify.Xunit's namespaces, calls and file names, for feeds without the package Verify. To switch: delete this file, build with -p:UseVerify=true.
using System.Runtime.CompilerServices;
using System.Text;
using DiffEngine;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.CodeAnalysis;

namespace VerifyXunit
{
    /// <summary>Compares a value with the text file beside the test that was accepted last.</summary>
    public static class Verifier
    {
        /// <summary>Verifies a text.</summary>
        public static VerifyTests.SettingsTask Verify(string target, string extension = "txt", [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
            => new(sourceFile, method, () => [("", extension, target)]);

        /// <summary>Verifies each file that a generator wrote.</summary>
        public static VerifyTests.SettingsTask Verify(GeneratorDriver target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
            => new(sourceFile, method, () => target.GetRunResult().Results.SelectMany(result => result.GeneratedSources)
                .Select(source => ("#" + source.HintName[..^3], "cs", $"//HintName: {source.HintName}\n{source.SourceText}")));
    }
}

namespace VerifyTests
{
    /// <summary>A verification that is run when it is awaited.</summary>
    public sealed class SettingsTask(string sourceFile, string method, Func<IEnumerable<(string Suffix, string Extension, string Text)>> targets)
    {
        private static readonly Encoding s_encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);

        private string _directory = "";
        private string? _method;
        private string _parameters = "";

        /// <summary>The folder of the files, from the test's own.</summary>
        public SettingsTask UseDirectory(string directory)
        {
            _directory = directory;
            return this;
        }

        /// <summary>Another method name in the files' names.</summary>
        public SettingsTask UseMethodName(string name)
        {
            _method = name;
            return this;
        }

        /// <summary>Parameters in the files' names.</summary>
        public SettingsTask UseParameters(params object?[] parameters)
        {
            string[] names = [.. typeof(SettingsTask).Assembly.GetTypes()
                .Where(type => type.Name == Path.GetFileNameWithoutExtension(sourceFile))
                .SelectMany(type => type.GetMethods()).First(candidate => candidate.Name == method)
                .GetParameters().Select(parameter => parameter.Name!)];
            _parameters = string.Concat(parameters.Select((parameter, i) => $"_{names[i]}={parameter}"));
            return this;
        }

        /// <summary>Runs it.</summary>
        public TaskAwaiter GetAwaiter() => Run().GetAwaiter();

        private async Task Run()
        {
            // A deterministic build writes source paths from "/_/".
            string source = sourceFile.StartsWith("/_/", StringComparison.Ordinal) ? Path.Combine(Squelch.Tests.SharedData.Repository, sourceFile[3..]) : sourceFile;
            string folder = Path.Combine(Path.GetDirectoryName(source)!, _directory);
            string prefix = $"{Path.GetFileNameWithoutExtension(source)}.{_method ?? method}{_parameters}";
            var failures = new StringBuilder();
            var written = new HashSet<string>();
            Directory.CreateDirectory(folder);
            foreach ((string suffix, string extension, string text) in targets())
            {
                string verified = Path.Combine(folder, $"{prefix}{suffix}.verified.{extension}");
                string received = Path.Combine(folder, $"{prefix}{suffix}.received.{extension}");
                written.Add(verified);
                string actual = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n');
                string? expected = File.Exists(verified) ? (await File.ReadAllTextAsync(verified)).ReplaceLineEndings("\n") : null;
                if (actual == expected)
                {
                    File.Delete(received);
                    continue;
                }

                await File.WriteAllTextAsync(received, actual, s_encoding);
                await DiffRunner.LaunchAsync(received, verified);
                failures.AppendLine(expected is null ? $"New: {received}" : $"NotEqual: {received}\n{Difference(expected, actual)}");
            }

            foreach (string stale in Directory.EnumerateFiles(folder, $"{prefix}*.verified.*").Where(file => IsOfThisTest(file, prefix) && !written.Contains(file)))
            {
                failures.AppendLine($"Delete: {stale}");
            }

            Xunit.Assert.True(failures.Length == 0, failures.ToString());
        }

        private static bool IsOfThisTest(string file, string prefix) => Path.GetFileName(file)[prefix.Length] is '.' or '#';

        private static string Difference(string expected, string actual)
            => string.Join("\n", InlineDiffBuilder.Diff(expected, actual).Lines.Where(line => line.Type != ChangeType.Unchanged).Take(20)
                .Select(line => (line.Type == ChangeType.Inserted ? "+ " : "- ") + line.Text));
    }
}
