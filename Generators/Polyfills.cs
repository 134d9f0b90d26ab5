// What the compiler asks for where the language is newer than .NET Standard 2.0, which an analyzer must be built for. Written out: a
// generator of such types made them in another order at each build, and the package differed.
namespace System
{
    /// <summary>For <c>^1</c>.</summary>
    internal readonly struct Index(int value, bool fromEnd = false)
    {
        public int GetOffset(int length) => fromEnd ? length - value : value;
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>For <c>init</c> and records.</summary>
    internal static class IsExternalInit;

    /// <summary>For <c>required</c>.</summary>
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class RequiredMemberAttribute : Attribute;

    /// <summary>For <c>required</c>.</summary>
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
    {
        public string FeatureName { get; } = featureName;
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>For constructors of types with <c>required</c> members.</summary>
    [AttributeUsage(AttributeTargets.Constructor)]
    internal sealed class SetsRequiredMembersAttribute : Attribute;
}
