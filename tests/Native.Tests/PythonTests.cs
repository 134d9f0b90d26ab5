using Xunit.Abstractions;

namespace Squelch.Native.Tests;

/// <summary>The Python package's own tests, on the library as it is published, under each Python that is here.</summary>
[Collection(PublishedCollection.Name)]
public class PythonTests(PublishedLibrary library, ITestOutputHelper told)
{
    public static TheoryData<string> Pythons => new("python3", "/usr/bin/python3");

    [SkippableTheory]
    [MemberData(nameof(Pythons))]
    public void TheTestsOfThePackagePass(string python)
    {
        string package = Path.Combine(SharedData.Repository, "Python");
        Skip.IfNot(Works(python), $"there is no {python}");
        (int code, string output) = CProgram.Run("env", "-C", package, $"SQUELCH_NATIVE={library.Folder}", "PYTHONDONTWRITEBYTECODE=1", python, "-m", "unittest", "-v");
        told.WriteLine(output);
        Assert.True(code == 0, output);
        Assert.Matches(@"\nRan [1-9]\d+ tests in ", output);
    }

    private static bool Works(string python)
    {
        try
        {
            return CProgram.Run(python, "-c", "import sys; sys.exit(sys.version_info < (3, 10))").Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
