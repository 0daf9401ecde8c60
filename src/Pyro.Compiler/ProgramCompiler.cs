using Microsoft.CodeAnalysis;
using Pyro.Compiler.Analysis;
using Pyro.Compiler.Incremental;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler;

/// <summary>From a method of the user to its program: reads it and runs the passes. Programs as they were before are remembered.</summary>
public sealed class ProgramCompiler
{
    private readonly LoweringMemo _memo = new();

    /// <summary>The program of a method that is marked [Model] or [Guide]; null when the generator emits none for it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="declaration">Its declaration with the mark.</param>
    /// <param name="compilation">What the method is part of.</param>
    /// <param name="cancellation">Ends the work.</param>
    public ProgramIr? Compile(IMethodSymbol method, SyntaxNode declaration, Compilation compilation, CancellationToken cancellation) =>
        _memo.Of(declaration, compilation, () => (Compile(method, compilation, cancellation, out var sources), sources));

    /// <summary>The program of a method, made anew.</summary>
    /// <param name="method">The method.</param>
    /// <param name="compilation">What the method is part of.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="sources">The files whose bodies decide about the program: its own, and those of programs that it calls.</param>
    public static ProgramIr? Compile(
        IMethodSymbol method, Compilation compilation, CancellationToken cancellation, out IReadOnlyCollection<SyntaxTree> sources) =>
        ProgramLowering.Lower(method, compilation, cancellation, out sources) is { } read ? Passes.Run(read) : null;
}
