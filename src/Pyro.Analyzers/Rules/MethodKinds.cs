using Microsoft.CodeAnalysis;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO002: a method of this kind cannot be a model or a guide.</summary>
internal sealed class MethodKinds() : Rule(
    "PYRO002",
    DiagnosticSeverity.Error,
    "This kind of method cannot be a model or a guide",
    "Method '{0}' cannot be a model or a guide: {1}",
    "A model is run many times, from values of its arguments to a value, by an algorithm that knows its types: it has a body, runs "
        + "to its end in one call, and takes and returns values that can be type arguments."), IDeclarationRule
{
    public void Check(ISymbol declared, ProgramSymbols programs, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (declared is IMethodSymbol method && programs.IsProgram(method))
            foreach (var obstacle in MethodObstacles.Of(method, cancellation))
                report(Diagnostic.Create(Descriptor, obstacle.Location, method.Name is "" ? "lambda" : method.Name, obstacle.Reason));
    }
}
