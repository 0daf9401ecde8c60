using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>What the lowering of a program and of those that it calls has in common: one table of sites, one set of variables.</summary>
internal sealed class Lowered(Compilation compilation, string suffix, CancellationToken cancellation)
{
    /// <summary>What the sources mean.</summary>
    public Compilation Compilation => compilation;

    /// <summary>Ends the work.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>The files whose bodies have been read.</summary>
    public HashSet<SyntaxTree> Sources { get; } = [];

    /// <summary>Sites and plates.</summary>
    public SiteCollector Collector { get; } = new(suffix);

    /// <summary>Variables.</summary>
    public VariableNames Names { get; } = new();

    /// <summary>Which variables may be one.</summary>
    public Aliases Aliases { get; } = new();

    /// <summary>The plates around the place that is being read, innermost last.</summary>
    public List<int> PlatesAround { get; } = [];

    /// <summary>The programs that are called, each as a function; null while one is being read.</summary>
    public Dictionary<string, Function?> Programs { get; } = [];
}
