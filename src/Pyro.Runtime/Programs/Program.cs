namespace Pyro.Programs;

/// <summary>A probabilistic program as inference takes it: something that runs in a context, and the tables of what is in it.</summary>
/// <typeparam name="TArgs">The arguments: one parameter's own type, a named tuple of several, or <see cref="Unit"/>.</typeparam>
public abstract class Program<TArgs>
{
    /// <summary>The name, for people.</summary>
    public abstract string Name { get; }

    /// <summary>The names of the parameters, in order, for messages; empty where they are not known.</summary>
    public virtual IReadOnlyList<string> Parameters => [];

    /// <summary>The sites that are known before the program runs; empty where none is.</summary>
    public virtual SiteTable Sites => SiteTable.Empty;

    /// <summary>Which sites can influence which, among those known before the program runs.</summary>
    public virtual SiteGraph Graph => SiteGraph.Empty;

    /// <summary>The <c>IRange</c> loops, with what the compiler found about each; empty where it knows none, and in builds without <c>ProbCompilerExplain</c>.</summary>
    public virtual IReadOnlyList<LoopReport> Loops => [];

    /// <summary>What each site's density is computed from, as far as the compiler knows it; empty where it knows none, and in builds without <c>ProbCompilerExplain</c>.</summary>
    public virtual IReadOnlyList<DensityReport> Densities => [];

    /// <summary>The body as the compiler understands it, a statement a line; empty for a program that it does not know, and in builds without <c>ProbCompilerExplain</c>.</summary>
    public virtual string Body => "";

    /// <summary>Whether what its runs make is used by other runs too.</summary>
    internal virtual bool SharesTensors => false;

    /// <summary>
    /// All that the compiler knows of the program, as text: sites with supports, gradients and whom they reach, densities, loops, graph (Mermaid and DOT) and body.
    /// Densities, loops and body are there where the project is built for it, as in Debug (MSBuild property <c>ProbCompilerExplain</c>).
    /// </summary>
    public string Explain() => Explanation.Of(Name, Sites, Graph, Densities, Loops, Body);

    /// <summary>The graph as a Mermaid flowchart.</summary>
    public string ToMermaid() => Graph.ToMermaid();

    /// <summary>Runs the program's body in a context. Inference calls it through <see cref="RunContext.Execute{TArgs}"/>, which begins and ends a run.</summary>
    /// <param name="context">The run: its handlers see each site.</param>
    /// <param name="args">The arguments.</param>
    public abstract void Execute(RunContext context, TArgs args);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A probabilistic program that returns a value.</summary>
/// <typeparam name="TArgs">The arguments.</typeparam>
/// <typeparam name="TResult">The result; <see cref="Unit"/> for none.</typeparam>
public abstract class Program<TArgs, TResult> : Program<TArgs>
{
    /// <summary>Runs the program's body in a context and gives its result.</summary>
    /// <param name="context">The run: its handlers see each site.</param>
    /// <param name="args">The arguments.</param>
    public abstract TResult Run(RunContext context, TArgs args);

    /// <inheritdoc/>
    public sealed override void Execute(RunContext context, TArgs args) => Run(context, args);
}
