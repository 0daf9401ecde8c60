using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO027: the name in [Guide] is no model's.</summary>
internal sealed class ModelNotFound() : Rule(
    "PYRO027",
    DiagnosticSeverity.Error,
    "The guide names no model",
    "Type '{0}' has no [Model] method named '{1}'",
    "A guide is written for one model, a [Model] method of the same type or a base type, and names it in its attribute."), IDeclarationRule
{
    public void Check(ISymbol declared, ProgramSymbols programs, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (declared is not IMethodSymbol guide || programs.GuideAttribute(guide) is not { } attribute
            || ProgramSymbols.ModelName(attribute) is not { } name || programs.Models(guide.ContainingType, name).Count > 0)
            return;
        // The nameof of something that does not exist is the compiler's to tell.
        var argument = NameArgument(attribute, cancellation);
        if (argument is InvocationExpressionSyntax && !programs.Compilation.ContainsSymbolsWithName(name, cancellationToken: cancellation))
            return;
        report(Diagnostic.Create(Descriptor, argument?.GetLocation(), guide.ContainingType.Name, name));
    }

    private static ExpressionSyntax? NameArgument(AttributeData guide, CancellationToken cancellation) =>
        guide.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList.Arguments: var arguments }
            ? arguments.First(argument => argument.NameEquals is null).Expression
            : null;
}
