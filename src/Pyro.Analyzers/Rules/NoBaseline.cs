using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO040: a site of a guide whose distribution is known not to be reparameterised, without a baseline and without a word on enumeration.</summary>
internal sealed class NoBaseline : IProgramRule
{
    public DiagnosticDescriptor Descriptor => InferenceRules.NoBaseline;

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
