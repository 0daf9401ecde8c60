using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO053: an IRange loop that the compiler cannot run as one.</summary>
internal sealed class SequentialLoop() : Rule(
    "PYRO053",
    DiagnosticSeverity.Info,
    "The iterations of a loop run one after another",
    "The iterations of this loop run one after another and not as one: it {0}",
    "A loop over IRange whose body is made of sites, arithmetic and elements is compiled to one batched density a site."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var operation in program.Body.Descendants().OfType<IForEachLoopOperation>())
            if (operation.Syntax is ForEachStatementSyntax loop && operation.SemanticModel is { } semantics
                && BatchedLoop.Of(loop, semantics, CancellationToken.None) is { Reason: { } reason, IsMistake: false }
                && !DependentIterations.Carried(program, operation).Any())
                report(Diagnostic.Create(Descriptor, loop.Expression.GetLocation(), reason));
    }
}
