using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO033: the value of an observation is computed from a latent site; where only sums and multiples lie between, as <see cref="ObservedTransform"/> has the rest.</summary>
internal sealed class ObservedLatent() : Rule(
    "PYRO033",
    DiagnosticSeverity.Warning,
    "An observed value depends on a latent site",
    "The value that is observed depends on the latent site '{0}': data do not change from run to run",
    "An observation conditions the model on a value that is known. A value that inference draws anew in every run is none."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var (value, latent, function) in Observations(program))
            if (function is null)
                report(Diagnostic.Create(Descriptor, value.Syntax.GetLocation(), latent.Name.Text));
    }

    /// <summary>The observed values that are computed from a latent site, each with its name and the nonlinear function on the way, if there is one.</summary>
    public static IEnumerable<(IOperation Value, PrimitiveCall Latent, string? Function)> Observations(MethodBody program)
    {
        foreach (var observation in program.Primitives)
            if (observation.Value is { } value)
            {
                var found = Derivation.From(value, program, site => site.Kind == PrimitiveKind.Sample && site.Name.Key is not null)
                    .Select(source => (source.Site, Function: source.Through.Select(operation => Function(operation, program)).FirstOrDefault(name => name is not null))).ToList();
                if (found.Count > 0)
                    yield return found.FirstOrDefault(source => source.Function is not null) is { Site: { } transformed, Function: var function } ? (value, transformed, function) : (value, found[0].Site, null);
            }
    }

    /// <summary>The name of a function that is not linear in what flows into it; null for others.</summary>
    private static string? Function(IOperation operation, MethodBody program) => operation switch
    {
        IInvocationOperation call when _nonlinear.Contains(call.TargetMethod.Name) => call.TargetMethod.Name,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } quotient when IsLatent(quotient.RightOperand, program) => "/",
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product when IsLatent(product.LeftOperand, program) && IsLatent(product.RightOperand, program) => "*",
        _ => null,
    };

    private static bool IsLatent(IOperation value, MethodBody program) => Derivation.From(value, program, site => site.Kind == PrimitiveKind.Sample).Any();

    // Of tensors, and of Math.
    private static readonly HashSet<string> _nonlinear = new(
        ["exp", "log", "sqrt", "square", "pow", "sigmoid", "tanh", "softplus", "reciprocal", "expm1", "log1p", "logit", "sin", "cos", "tan"], StringComparer.OrdinalIgnoreCase);
}
