using System.Reflection;
using System.Runtime.Loader;
using Squelch.Policies;

namespace Squelch.Tool;

/// <summary>The built-in policies and those of the user's own assemblies.</summary>
internal static class PolicyAssemblies
{
    /// <summary>A catalog of the built-in policies and of the policies in the given assembly files.</summary>
    /// <exception cref="ToolException">A file is no assembly, does not fit this version, or holds no policy.</exception>
    public static PolicyCatalog Load(IEnumerable<string> paths)
    {
        PolicyCatalog catalog = PolicyCatalog.From([typeof(Lru).Assembly]);
        foreach (string path in paths.DistinctBy(RealPath.Of, RealPath.Comparer))
        {
            catalog = With(catalog, path);
        }

        return catalog;
    }

    private static PolicyCatalog With(PolicyCatalog catalog, string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new ToolException(ExitCode.Policy, $"--policies '{path}': it is a folder; give the path of a .dll in it");
        }

        if (!File.Exists(full))
        {
            throw new ToolException(ExitCode.Policy, $"--policies '{path}': there is no such file; build the project and give the path of its .dll");
        }

        try
        {
            return catalog.With(new PolicyLoadContext(full).LoadFromAssemblyPath(full));
        }
        catch (SquelchException exception) when (exception is not ToolException)
        {
            throw new ToolException(ExitCode.Policy, $"--policies '{path}': {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or TypeInitializationException or TargetInvocationException)
        {
            throw new ToolException(ExitCode.Policy, $"--policies '{path}': {(exception.InnerException ?? exception).Message}", exception);
        }
        catch (BadImageFormatException exception)
        {
            throw new ToolException(ExitCode.Policy, $"--policies '{path}': it is not a .NET assembly", exception);
        }
        catch (Exception exception) when (exception is TypeLoadException or ReflectionTypeLoadException or MissingMemberException or FileLoadException or FileNotFoundException)
        {
            throw new ToolException(ExitCode.Policy, $"--policies '{path}': it does not fit this version of Squelch ({exception.Message}); build it against the same version", exception);
        }
    }

    /// <summary>Shares Squelch's own assemblies with the command; everything else comes from beside the user's assembly.</summary>
    private sealed class PolicyLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName name)
            => !IsShared(name) && _resolver.ResolveAssemblyToPath(name) is { } found ? LoadFromAssemblyPath(found) : null;

        private static bool IsShared(AssemblyName name) => name.Name is { } own
            && (own == "Squelch" || own.StartsWith("Squelch.", StringComparison.Ordinal))
            && File.Exists(Path.Combine(AppContext.BaseDirectory, own + ".dll"));
    }
}
