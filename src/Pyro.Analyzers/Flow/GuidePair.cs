namespace Pyro.Analyzers.Flow;

/// <summary>A guide and its model, each with the sites that it may have.</summary>
internal sealed class GuidePair(MethodBody guide, Sites guideSites, MethodBody model, Sites modelSites, RuntimeSymbols symbols)
{
    public MethodBody Guide { get; } = guide;

    public Sites GuideSites { get; } = guideSites;

    public MethodBody Model { get; } = model;

    public Sites ModelSites { get; } = modelSites;

    public RuntimeSymbols Symbols { get; } = symbols;
}
