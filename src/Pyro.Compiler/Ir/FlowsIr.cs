namespace Pyro.Compiler.Ir;

/// <summary>
/// An argument can reach a site past all others: the position of its parameter, behind the last one for the object that the program belongs to.
/// </summary>
public sealed record ArgumentFlow(int Parameter, int Slot);

/// <summary>What goes into a program and comes out of it, as its callers see it.</summary>
/// <param name="Arguments">The ways from arguments to sites.</param>
/// <param name="ResultSites">The sites whose values can reach the result directly.</param>
/// <param name="ResultArguments">The parameters that can reach the result past all sites.</param>
/// <param name="ThrowSites">The sites whose values can decide directly whether the program ends with an exception.</param>
/// <param name="ThrowArguments">The parameters that can decide it past all sites.</param>
public sealed record FlowsIr(
    EquatableArray<ArgumentFlow> Arguments, EquatableArray<int> ResultSites, EquatableArray<int> ResultArguments,
    EquatableArray<int> ThrowSites, EquatableArray<int> ThrowArguments)
{
    /// <summary>Nothing.</summary>
    public static FlowsIr None { get; } = new(default, default, default, default, default);
}
