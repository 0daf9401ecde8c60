using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO033: the value of an observation is computed from a latent site; where only sums and multiples lie between, as <see cref="ObservedTransform"/> has the rest.</summary>
internal sealed class ObservedLatent : IProgramRule
{
    public DiagnosticDescriptor Descriptor => SupportRules.ObservedLatent;

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var (value, latent, function) in Observations(program))
            if (function is null)
                report(Diagnostic.Create(Descriptor, value.Syntax.GetLocation(), latent));
    }

    /// <summary>The observed values that are computed from a latent site, each with its name and the nonlinear function on the way, if there is one.</summary>
    public static IEnumerable<(IOperation Value, string Latent, string? Function)> Observations(MethodBody program)
    {
        foreach (var observation in program.Primitives.Where(call => call.Kind == PrimitiveKind.Observe))
            if (observation.Argument("value") is { } value)
                foreach (var (site, through) in Derivation.From(value, program, site => site.Kind == PrimitiveKind.Sample && site.Name.Key is not null).Take(1))
                    yield return (value, site.Name.Key!, through.OfType<IInvocationOperation>().Select(call => call.TargetMethod.Name).FirstOrDefault(_nonlinear.Contains));
    }

    private static readonly HashSet<string> _nonlinear = ["exp", "log", "sqrt", "square", "pow", "sigmoid", "tanh", "softplus", "reciprocal", "expm1", "log1p", "logit", "sin", "cos", "tan"];
}
