using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Incremental;

/// <summary>
/// Programs as they were lowered before. Roslyn asks for all of them after every edit in any file, and binding their bodies anew is what that costs; a program
/// whose own files, and the declarations in others that its names lead to, are what they were, is the same program.
/// </summary>
public sealed class LoweringMemo
{
    private readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<int, Entry>> _entries = new();

    /// <summary>What was made of a method before, or else what is made of it now.</summary>
    /// <param name="declaration">The method's declaration, with the mark.</param>
    /// <param name="compilation">What the method is part of.</param>
    /// <param name="lower">Makes the program, and says from which files.</param>
    public ProgramIr? Of(
        SyntaxNode declaration, Compilation compilation, Func<(ProgramIr? Program, IReadOnlyCollection<SyntaxTree> Sources)> lower)
    {
        var declarations = Declarations.Of(compilation);
        var entries = _entries.GetValue(declaration.SyntaxTree, static _ => new());
        if (entries.TryGetValue(declaration.SpanStart, out var known) && declarations.Keep(known.Declarations, known.Reach) && known.Sources.All(source => IsIn(compilation, source)))
        {
            // What the old declarations were need not be kept.
            entries[declaration.SpanStart] = known with { Declarations = declarations };
            return known.Program;
        }
        var (program, sources) = lower();
        entries[declaration.SpanStart] = new Entry(declarations, declarations.Reach(sources), [.. sources.Select(source => new WeakReference<SyntaxTree>(source))], program);
        return program;
    }

    private static bool IsIn(Compilation compilation, WeakReference<SyntaxTree> source) => source.TryGetTarget(out var tree) && compilation.ContainsSyntaxTree(tree);

    // The trees are held weakly: what a program was made from may go when the editor drops it.
    private sealed record Entry(Declarations Declarations, HashSet<string> Reach, IReadOnlyList<WeakReference<SyntaxTree>> Sources, ProgramIr? Program);
}
