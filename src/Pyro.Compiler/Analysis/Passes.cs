using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Analysis;

/// <summary>A pass over a program: what it finds out, and why that is wanted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">What for.</param>
/// <param name="Run">The program with what was found.</param>
public sealed record Pass(string Name, string Reason, Func<ProgramIr, ProgramIr> Run);

/// <summary>
/// The passes, in order. Plates, supports, event ranks and gradients come with each site from the front end's tables, and whether a loop's iterations run as one is
/// decided there as well, where the source is.
/// </summary>
public static class Passes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Pass> All { get; } =
    [
        new("dependencies", "inference takes from the graph which terms of the objective a choice can have changed", DependencyPass.Run),
        new("certain sites", "a caller in another assembly is told of names that are certain to meet its own", CertaintyPass.Run),
        new("constants and copies", "a density is to be an expression of sites, arguments and constants, whatever variables it went through", CopyPass.Run),
        new("shapes", "batched code is written for shapes that are known, and people read them", ShapePass.Run),
        new("understanding", "what is known can be differentiated at build time; what is the same in every step can be computed once", UnderstandingPass.Run),
    ];

    /// <summary>The program with all that they find.</summary>
    public static ProgramIr Run(ProgramIr program) => All.Aggregate(program, (state, pass) => pass.Run(state));
}
