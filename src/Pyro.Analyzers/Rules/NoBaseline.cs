using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO040: a site of a guide whose distribution is known not to be reparameterised, without a baseline and without a word on enumeration.</summary>
internal sealed class NoBaseline() : Rule(
    "PYRO040",
    DiagnosticSeverity.Info,
    "A latent is estimated by the score function without a baseline",
    "Site '{0}' is not reparameterised: its gradient is estimated by the score function, with less variance under a baseline",
    "The score function weighs each draw by the costs that follow it. A baseline takes what these have in common away, which lowers "
        + "the variance and leaves the mean."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        if (type.Symbols.Programs.GuideAttribute(program.Method) is null)
            return;
        foreach (var site in program.Primitives)
            if (Gradients.IsScored(site) && HasNone(site.Argument("options")))
                report(Diagnostic.Create(Descriptor, site.Verb, site.Name.Text ?? site.NameArgument.ToString()));
    }

    /// <summary>Whether options that are written at the call say nothing of how the site is estimated; options from elsewhere may.</summary>
    private static bool HasNone(IOperation? options) => Bare(options) switch
    {
        null or { ConstantValue: { HasValue: true, Value: null } } => true,
        IObjectCreationOperation creation => creation.Initializer is not { Initializers.Length: > 0 },
        _ => false,
    };

    private static IOperation? Bare(IOperation? value) => value is IConversionOperation conversion ? Bare(conversion.Operand) : value;
}
