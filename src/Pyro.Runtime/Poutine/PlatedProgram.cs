using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>A program inside a plate.</summary>
internal sealed class PlatedProgram<TArgs>(Program<TArgs> inner, Plate plate, long size, long iteration) : Program<TArgs>
{
    public override string Name => inner.Name;

    public override SiteTable Sites => inner.Sites;

    public override SiteGraph Graph => inner.Graph;

    public override IReadOnlyList<string> Parameters => inner.Parameters;

    internal override bool SharesTensors => inner.SharesTensors;

    public override void Execute(RunContext context, TArgs args)
    {
        using (context.Enter(plate, size, iteration))
            inner.Execute(context, args);
    }
}

/// <summary>A program with a result inside a plate.</summary>
internal sealed class PlatedProgram<TArgs, TResult>(Program<TArgs, TResult> inner, Plate plate, long size, long iteration) : Program<TArgs, TResult>
{
    public override string Name => inner.Name;

    public override SiteTable Sites => inner.Sites;

    public override SiteGraph Graph => inner.Graph;

    public override IReadOnlyList<string> Parameters => inner.Parameters;

    internal override bool SharesTensors => inner.SharesTensors;

    public override TResult Run(RunContext context, TArgs args)
    {
        using (context.Enter(plate, size, iteration))
            return inner.Run(context, args);
    }
}
