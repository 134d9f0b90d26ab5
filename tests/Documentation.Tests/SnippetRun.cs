using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Xunit.Sdk;

namespace Squelch.Documentation.Tests;

/// <summary>Runs what pages show, in an empty folder. Console, culture and folder are the process's, so tests that run anything are of the collection <see cref="OneAtATime"/>.</summary>
internal static class SnippetRun
{
    public const string OneAtATime = "one at a time";

    /// <summary>What the program prints.</summary>
    public static string Print(SnippetProject project)
    {
        var printed = new StringWriter();
        InPlace(project, printed, assembly =>
        {
            MethodInfo main = assembly.EntryPoint!;
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()], null);
        });
        return printed.ToString();
    }

    /// <summary>Runs the tests of xunit; the first that fails throws.</summary>
    /// <returns>How many there are.</returns>
    public static int Test(SnippetProject project)
    {
        int count = 0;
        InPlace(project, TextWriter.Null, assembly =>
        {
            foreach (MethodInfo test in assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
            {
                foreach (object[] row in test.GetParameters().Length == 0 ? [[]] : test.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(test)))
                {
                    count++;
                    (test.Invoke(Activator.CreateInstance(test.DeclaringType!), BindingFlags.DoNotWrapExceptions, null, row, null) as Task)?.GetAwaiter().GetResult();
                }
            }
        });
        return count;
    }

    private static void InPlace(SnippetProject project, TextWriter console, Action<Assembly> run)
    {
        var context = new AssemblyLoadContext("Shown", isCollectible: true);
        Assembly assembly = context.LoadFromStream(project.Emit());
        (TextWriter output, TextWriter error, CultureInfo culture, string folder) = (Console.Out, Console.Error, CultureInfo.CurrentCulture, Environment.CurrentDirectory);
        string empty = Directory.CreateTempSubdirectory("squelch-page-").FullName;
        try
        {
            Console.SetOut(console);
            Console.SetError(console);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Environment.CurrentDirectory = empty;
            run(assembly);
        }
        finally
        {
            Environment.CurrentDirectory = folder;
            CultureInfo.CurrentCulture = culture;
            Console.SetError(error);
            Console.SetOut(output);
            Directory.Delete(empty, recursive: true);
            context.Unload();
        }
    }
}
