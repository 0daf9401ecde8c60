using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Incremental;

/// <summary>
/// All of a compilation that can change what a method body in it means: what the sources declare, the references and the options. A body is not changed by what it
/// cannot reach: its names, those in the declarations that these lead to, and so on.
/// </summary>
internal sealed class Declarations
{
    private static readonly ConditionalWeakTable<Compilation, Declarations> Known = new();

    // The last one is met again and again: equal declarations are one object, and comparing them is cheap.
    private static WeakReference<Declarations> last = new(null!);

    private readonly SourceDeclarations[] sources;
    private readonly MetadataReference[] references;
    private readonly CompilationOptions options;
    private readonly Lazy<DeclarationIndex> index;
    private readonly ConditionalWeakTable<Declarations, DeclarationDifference> differences = new();

    private Declarations(Compilation compilation)
    {
        sources = [.. compilation.SyntaxTrees.Select(SourceDeclarations.Of)];
        references = [.. compilation.References];
        // How the command line finds files changes no body, and the compiler server's resolvers throw when they are compared.
        options = compilation.Options.WithMetadataReferenceResolver(null).WithSourceReferenceResolver(null).WithXmlReferenceResolver(null);
        index = new(() => new DeclarationIndex(sources));
    }

    /// <summary>The declarations of a compilation; the same object for the same declarations, as long as few compilations take turns.</summary>
    public static Declarations Of(Compilation compilation) => Known.GetValue(compilation, static fresh =>
    {
        var declarations = new Declarations(fresh);
        if (last.TryGetTarget(out var before) && declarations.differences.GetValue(before, declarations.From).IsNone)
            return before;
        last = new WeakReference<Declarations>(declarations);
        return declarations;
    });

    /// <summary>The names that bodies in some files can reach.</summary>
    /// <param name="files">The files.</param>
    public HashSet<string> Reach(IEnumerable<SyntaxTree> files) =>
        index.Value.Reach(files.SelectMany(MentionedNames.Of).Concat(sources.SelectMany(source => source.Imported)));

    /// <summary>Whether bodies that can reach some names mean what they meant among other declarations.</summary>
    /// <param name="before">The other declarations.</param>
    /// <param name="reach">The names that the bodies could reach there.</param>
    public bool Keep(Declarations before, HashSet<string> reach) => this == before || differences.GetValue(before, From).Spares(reach);

    private DeclarationDifference From(Declarations before)
    {
        if (!options.Equals(before.options) || !references.SequenceEqual(before.references))
            return DeclarationDifference.Whole;

        // An edit is in one file: the others are equal from both ends.
        var least = Math.Min(sources.Length, before.sources.Length);
        var head = 0;
        while (head < least && sources[head].Same(before.sources[head]))
            head++;
        var tail = 0;
        while (tail < least - head && sources[sources.Length - 1 - tail].Same(before.sources[before.sources.Length - 1 - tail]))
            tail++;
        return DeclarationDifference.Between(Middle(before.sources), Middle(sources), [.. sources.Take(head), .. sources.Skip(sources.Length - tail)]);

        IReadOnlyList<SourceDeclarations> Middle(SourceDeclarations[] all) => [.. all.Skip(head).Take(all.Length - tail - head)];
    }
}
