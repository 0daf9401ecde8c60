using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO012: the name of a site that is neither a constant nor a pattern over variables, in a method that is not marked Dynamic.</summary>
internal sealed class UnknownName() : Rule(
    "PYRO012",
    DiagnosticSeverity.Warning,
    "A name cannot be known at compile time",
    "The compiler cannot know this name: write a constant or a pattern over loop indices, or mark '{0}' Dynamic",
    "A site whose name is known has a place in the tables of the program, in its graph and in the checks of its guide. A method "
        + "that is marked Dynamic works without."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        if (type.Symbols.Programs.IsDynamic(program.Method))
            return;
        foreach (var site in program.Primitives)
            if (site.IsSite && site.Name.Key is null && !IsText(site))
                report(Diagnostic.Create(Descriptor, site.NameArgument.GetLocation(), program.Method.Name));
    }

    /// <summary>Whether the name is made of literals, numbers and variables, however: a person can read its pattern, and the compiler may learn to.</summary>
    private static bool IsText(PrimitiveCall site) => site.NameArgument is Microsoft.CodeAnalysis.CSharp.Syntax.InterpolatedStringExpressionSyntax;
}
