using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Frontend;

/// <summary>
/// Programs as they were lowered before. Roslyn asks for all of them after every edit in any file, and binding their bodies anew is what that costs; a program
/// whose own files, and the declarations in others that its names lead to, are what they were, is the same program.
/// </summary>
public static class LoweringMemo
{
    private static readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<int, Entry>> Entries = new();

    /// <summary>The program of a method that is marked [Model] or [Guide]; null when the generator emits none for it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="declaration">Its declaration with the mark.</param>
    /// <param name="compilation">What the method is part of.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static ProgramIr? Lower(IMethodSymbol method, SyntaxNode declaration, Compilation compilation, CancellationToken cancellation)
    {
        var declarations = Declarations.Of(compilation);
        var entries = Entries.GetValue(declaration.SyntaxTree, static _ => new());
        if (entries.TryGetValue(declaration.SpanStart, out var known) && declarations.Keep(known.Declarations, known.Reach) && known.Sources.All(source => IsIn(compilation, source)))
        {
            // What the old declarations were need not be kept.
            entries[declaration.SpanStart] = known with { Declarations = declarations };
            return known.Program;
        }
        var program = ProgramLowering.Lower(method, compilation, cancellation, out var sources);
        entries[declaration.SpanStart] = new Entry(declarations, declarations.Reach(sources), [.. sources.Select(source => new WeakReference<SyntaxTree>(source))], program);
        return program;
    }

    private static bool IsIn(Compilation compilation, WeakReference<SyntaxTree> source) => source.TryGetTarget(out var tree) && compilation.ContainsSyntaxTree(tree);

    // The trees are held weakly: what a program was made from may go when the editor drops it.
    private sealed record Entry(Declarations Declarations, HashSet<string> Reach, IReadOnlyList<WeakReference<SyntaxTree>> Sources, ProgramIr? Program);
}
