using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Writing;

namespace Pyro.Generators;

/// <summary>
/// Compiles the methods that are marked [Model] or [Guide]. What a program is goes through the pipeline as values, so that an edit which leaves a
/// program as it was re-emits nothing. Reports nothing: that is for the analyzers; only a fault of the compiler itself is an #error in a file of its own.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>What makes a program of a method, for one pipeline.</summary>
    internal Func<Func<IMethodSymbol, SyntaxNode, Compilation, CancellationToken, ProgramIr?>> Compiler { get; init; } =
        () => new ProgramCompiler().Compile;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var compile = Compiler();
        var models = Compile(context, compile, RuntimeNames.ModelAttribute, TrackingNames.Models);
        Compile(context, compile, RuntimeNames.GuideAttribute, TrackingNames.Guides);
        var tooOld = models.Select(static (outcome, _) => outcome.TooOld).Where(static version => version is not null).Collect();
        context.RegisterSourceOutput(tooOld, static (output, versions) =>
        {
            if (versions.Length > 0)
                Add(output, Language.About(versions[0]!));
        });
    }

    private static IncrementalValuesProvider<Outcome> Compile(
        IncrementalGeneratorInitializationContext context,
        Func<IMethodSymbol, SyntaxNode, Compilation, CancellationToken, ProgramIr?> compile,
        string attribute,
        string trackingName)
    {
        var outcomes = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is MethodDeclarationSyntax,
            (match, cancellation) => Language.TooOld(match.TargetNode) is { } version
                ? new Outcome(Program: null, TooOld: version)
                : Outcome.Of(
                    match.TargetNode,
                    () => compile((IMethodSymbol)match.TargetSymbol, match.TargetNode, match.SemanticModel.Compilation, cancellation)));
        var programs = outcomes.Select(static (outcome, _) => outcome.Program).Where(static program => program is not null).WithTrackingName(trackingName);
        context.RegisterSourceOutput(programs, static (output, program) =>
            Add(output, Outcome.Write(program!, static program => (ProgramFile.FileName(program), ProgramFile.Emit(program)))));
        var explained = programs.Combine(context.AnalyzerConfigOptionsProvider.Select(static (options, _) => Settings.Explains(options.GlobalOptions)))
            .Where(static pair => pair.Right);
        context.RegisterSourceOutput(explained, static (output, pair) =>
            Add(output, Outcome.Write(pair.Left!, static program => (ExplanationFile.FileName(program), ExplanationFile.Emit(program)))));
        var faults = outcomes.Select(static (outcome, _) => outcome.Fault).Where(static fault => fault is not null);
        context.RegisterSourceOutput(faults, static (output, fault) => Add(output, fault!.Value));
        return outcomes;
    }

    private static void Add(SourceProductionContext output, (string Name, string Text) file) =>
        output.AddSource(file.Name, SourceText.From(file.Text, Encoding.UTF8));
}
