using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

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
                    .Select(source => (source.Site, Function: source.Through.Select(operation => Function(operation, program))
                        .LastOrDefault(name => name is not null))).ToList();
                if (found.Count > 0)
                    yield return found.FirstOrDefault(source => source.Function is not null) is { Site: { } transformed, Function: var function } ? (value, transformed, function) : (value, found[0].Site, null);
            }
    }

    /// <summary>The name of a function that is not linear in what flows into it; null for others.</summary>
    private static string? Function(IOperation operation, MethodBody program) => operation switch
    {
        IInvocationOperation call when Derivation.Has(call, Traits.Multiplies) =>
            call.ChildOperations.Where(factor => IsLatent(factor, program)).Skip(1).Any() ? call.TargetMethod.Name : null,
        IInvocationOperation call when Operations.Of(call.TargetMethod) is { } op => op.Is(Traits.Nonlinear) ? call.TargetMethod.Name : null,
        IInvocationOperation call when Results.Of(call) is { } result => InResult(result, call, program),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } quotient when IsLatent(quotient.RightOperand, program) => "/",
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product when IsLatent(product.LeftOperand, program) && IsLatent(product.RightOperand, program) => "*",
        _ => null,
    };

    /// <summary>
    /// The function in a method that does nothing but compute: one that is not linear in any of its operands, or a product of parameters
    /// that are latent at the call.
    /// </summary>
    private static string? InResult(IOperation result, IInvocationOperation call, MethodBody program)
    {
        return result.DescendantsAndSelf().Select(part => part switch
        {
            IInvocationOperation inner when Derivation.Has(inner, Traits.Nonlinear) && inner.ChildOperations.Any(IsLatentThere) => inner.TargetMethod.Name,
            IInvocationOperation inner when Derivation.Has(inner, Traits.Multiplies)
                && inner.ChildOperations.Where(IsLatentThere).Skip(1).Any() => inner.TargetMethod.Name,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product
                when IsLatentThere(product.LeftOperand) && IsLatentThere(product.RightOperand) => "*",
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } quotient when IsLatentThere(quotient.RightOperand) => "/",
            _ => null,
        }).FirstOrDefault(name => name is not null);

        bool IsLatentThere(IOperation operand) => operand.DescendantsAndSelf().OfType<IParameterReferenceOperation>().Any(parameter =>
            call.Arguments.Any(argument =>
                SymbolEqualityComparer.Default.Equals(argument.Parameter?.OriginalDefinition, parameter.Parameter)
                && IsLatent(argument.Value, program)));
    }

    private static bool IsLatent(IOperation value, MethodBody program) => Derivation.From(value, program, site => site.Kind == PrimitiveKind.Sample).Any();
}
