using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers;

/// <summary>Whether a guide has a model, and its parameters: PYRO025, PYRO027. Looks at symbols only.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GuideSignatureAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [GuideRules.ParametersDiffer, GuideRules.ModelNotFound];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (ProgramSymbols.In(start.Compilation) is { } symbols)
                start.RegisterSymbolAction(c => Check(c, symbols), SymbolKind.Method);
        });
    }

    private static void Check(SymbolAnalysisContext context, ProgramSymbols symbols)
    {
        var guide = (IMethodSymbol)context.Symbol;
        if (symbols.GuideAttribute(guide) is not { } attribute || ProgramSymbols.ModelName(attribute) is not { } name)
            return;
        var models = symbols.Models(guide.ContainingType, name);
        if (models.Count == 0)
            CheckName(context, guide, attribute, name);
        else if (!models.Any(model => Differing(guide, model, context.Compilation) is null))
            context.ReportDiagnostic(Diagnostic.Create(
                GuideRules.ParametersDiffer, Place(guide, models[0], context), guide.Name, name, Display(models[0])));
    }

    private static void CheckName(SymbolAnalysisContext context, IMethodSymbol guide, AttributeData attribute, string name)
    {
        // The nameof of something that does not exist is the compiler's to tell.
        var argument = NameArgument(attribute, context.CancellationToken);
        if (argument is InvocationExpressionSyntax && !context.Compilation.ContainsSymbolsWithName(name, cancellationToken: context.CancellationToken))
            return;
        context.ReportDiagnostic(Diagnostic.Create(GuideRules.ModelNotFound, argument?.GetLocation(), guide.ContainingType.Name, name));
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
    private static Location Place(IMethodSymbol guide, IMethodSymbol model, SymbolAnalysisContext context)
    {
        if (guide.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is not MethodDeclarationSyntax { ParameterList: var list })
            return guide.Locations[0];
        return guide.Parameters.Length == model.Parameters.Length && Differing(guide, model, context.Compilation) is { } index
            ? list.Parameters[index].Type!.GetLocation()
            : list.GetLocation();
    }

    private static ExpressionSyntax? NameArgument(AttributeData guide, CancellationToken cancellation) =>
        guide.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList.Arguments: var arguments }
            ? arguments.First(argument => argument.NameEquals is null).Expression
            : null;

    private static string Display(IMethodSymbol model) => string.Join(
        ", ", model.Parameters.Select(parameter => parameter.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
}
