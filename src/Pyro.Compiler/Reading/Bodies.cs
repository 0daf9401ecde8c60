using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pyro.Compiler.Reading;

/// <summary>
/// The compilation in which bodies are read: the same sources and references, without the analysis of null. That costs as much as all else that a body is bound
/// with, and nothing here asks for it.
/// </summary>
internal static class Bodies
{
    private static readonly ConditionalWeakTable<Compilation, Compilation> Known = new();

    /// <summary>The compilation in which the bodies of another are read.</summary>
    /// <param name="compilation">The other: the user's.</param>
    public static Compilation Of(Compilation compilation) => Known.GetValue(compilation, static original => original is CSharpCompilation { Options: var options } sharp
        ? sharp.WithOptions(options.WithNullableContextOptions(NullableContextOptions.Disable))
        : original);
}
