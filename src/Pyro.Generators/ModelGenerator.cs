using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler.Emit;
using Pyro.Compiler.Frontend;

namespace Pyro.Generators;

/// <summary>
/// Compiles the methods that are marked [Model] or [Guide]. What a program is goes through the pipeline as values, so that an edit which leaves a
/// program as it was re-emits nothing. Reports nothing: that is for the analyzers.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Compile(context, KnownNames.ModelAttribute, TrackingNames.Models);
        Compile(context, KnownNames.GuideAttribute, TrackingNames.Guides);
    }

    private static void Compile(IncrementalGeneratorInitializationContext context, string attribute, string trackingName)
    {
        var programs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is MethodDeclarationSyntax,
                static (match, cancellation) => LoweringMemo.Lower((IMethodSymbol)match.TargetSymbol, match.TargetNode, match.SemanticModel.Compilation, cancellation))
            .Where(static program => program is not null)
            .WithTrackingName(trackingName);
        context.RegisterSourceOutput(programs, static (output, program) =>
            output.AddSource(ProgramEmitter.FileName(program!), SourceText.From(ProgramEmitter.Emit(program!), Encoding.UTF8)));
    }
}
