using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler.Emit;
using Pyro.Compiler.Frontend;
using Pyro.Compiler.Ir;

namespace Pyro.Generators;

/// <summary>
/// Compiles the methods that are marked [Model] or [Guide]. What a program is goes through the pipeline as values, so that an edit which leaves a
/// program as it was re-emits nothing. Reports nothing: that is for the analyzers; only a fault of the compiler itself is an #error in a file of its own.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>What makes a program of a method.</summary>
    internal Func<IMethodSymbol, SyntaxNode, Compilation, CancellationToken, ProgramIr?> Lower { get; init; } = LoweringMemo.Lower;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Compile(context, KnownNames.ModelAttribute, TrackingNames.Models);
        Compile(context, KnownNames.GuideAttribute, TrackingNames.Guides);
    }

    private void Compile(IncrementalGeneratorInitializationContext context, string attribute, string trackingName)
    {
        var outcomes = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is MethodDeclarationSyntax,
            (match, cancellation) => Outcome.Of(
                match.TargetNode, () => Lower((IMethodSymbol)match.TargetSymbol, match.TargetNode, match.SemanticModel.Compilation, cancellation)));
        var programs = outcomes.Select(static (outcome, _) => outcome.Program).Where(static program => program is not null).WithTrackingName(trackingName);
        context.RegisterSourceOutput(programs, static (output, program) => Add(output, Write(program!)));
        context.RegisterSourceOutput(outcomes.Where(static outcome => outcome.FaultFile is not null), static (output, outcome) => Add(output, (outcome.FaultFile!, outcome.FaultText!)));
    }

    private static (string File, string Text) Write(ProgramIr program)
    {
        try
        {
            return (ProgramEmitter.FileName(program), ProgramEmitter.Emit(program));
        }
#pragma warning disable CA1031 // As in Outcome.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            var outcome = Outcome.Fault($"{program.Types.LastOrDefault()?.Name}.{program.Method}", fault);
            return (outcome.FaultFile!, outcome.FaultText!);
        }
    }

    private static void Add(SourceProductionContext output, (string File, string Text) file) => output.AddSource(file.File, SourceText.From(file.Text, Encoding.UTF8));
}
