using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO072: a number that is taken out of a parameter, or of a site that the guide reparameterises, and goes back into a site. A model without a guide is left alone:
/// nothing says that anyone wants its gradient.
/// </summary>
internal sealed class GradientEnds : IPairRule
{
    private static readonly HashSet<string> _ends = ["item", "detach", "data", "ToSingle", "ToDouble"];

    public DiagnosticDescriptor Descriptor => EffectRules.GradientEnds;

    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        Check(pair.Guide, call => call.Kind == PrimitiveKind.Param || Gradients.IsReparameterized(call), report);
        Check(pair.Model, call => call.Kind == PrimitiveKind.Param || Gradients.IsPathwise(call, pair), report);
    }

    private void Check(MethodBody program, Func<PrimitiveCall, bool> hasGradient, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var site in program.Primitives.Where(call => call.IsSite))
            if (site.Argument("distribution") is { } distribution)
                foreach (var (source, through) in Derivation.From(distribution, program, hasGradient))
                    if (through.OfType<IInvocationOperation>().LastOrDefault(call => _ends.Contains(call.TargetMethod.Name)) is { } end && reported.Add(end.Syntax))
                        report(Diagnostic.Create(Descriptor, end.Syntax.GetLocation(), source.Name.Key ?? source.NameArgument.ToString(), site.Name.Key ?? site.NameArgument.ToString()));
    }
}
