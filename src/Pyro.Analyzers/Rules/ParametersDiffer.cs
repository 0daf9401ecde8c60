using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO025: model and guide run on the same arguments, and this guide takes others.</summary>
internal sealed class ParametersDiffer() : Rule(
    "PYRO025",
    DiagnosticSeverity.Error,
    "The parameters of the guide differ from those of its model",
    "Guide '{0}' must have the parameters of its model '{1}': ({2})",
    "Inference runs the guide and its model on the same arguments, so both programs have one type of arguments."), IDeclarationRule
{
    public void Check(ISymbol declared, ProgramSymbols programs, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (declared is IMethodSymbol guide && programs.GuideAttribute(guide) is { } attribute
            && ProgramSymbols.ModelName(attribute) is { } name
            && programs.Models(guide.ContainingType, name) is { Count: > 0 } models
            && models.All(model => Differing(guide, model, programs.Compilation) is not null))
            report(Diagnostic.Create(
                Descriptor, Place(guide, models[0], programs.Compilation, cancellation), guide.Name, name, Display(models[0])));
    }

    /// <summary>The index of the first parameter that has not the type of its counterpart or has none; null where all agree.</summary>
    private static int? Differing(IMethodSymbol guide, IMethodSymbol model, Compilation compilation)
    {
        var both = Math.Min(guide.Parameters.Length, model.Parameters.Length);
        for (var i = 0; i < both; i++)
            if (!compilation.ClassifyCommonConversion(guide.Parameters[i].Type, model.Parameters[i].Type).IsIdentity)
                return i;
        return guide.Parameters.Length == model.Parameters.Length ? null : both;
    }

    /// <summary>The type that differs, where the guide has as many parameters as the model; its whole parameter list otherwise.</summary>
    private static Location Place(IMethodSymbol guide, IMethodSymbol model, Compilation compilation, CancellationToken cancellation)
    {
        if (guide.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation)
            is not MethodDeclarationSyntax { ParameterList: var list })
            return guide.Locations[0];
        return guide.Parameters.Length == model.Parameters.Length && Differing(guide, model, compilation) is { } index
            ? list.Parameters[index].Type!.GetLocation()
            : list.GetLocation();
    }

    private static string Display(IMethodSymbol model) => string.Join(
        ", ", model.Parameters.Select(parameter => parameter.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
}
