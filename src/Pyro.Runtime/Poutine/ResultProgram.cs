using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>A program whose latest result is kept.</summary>
internal sealed class ResultProgram<TArgs, TResult>(Program<TArgs, TResult> inner) : Program<TArgs>
{
    public TResult? Result { get; private set; }

    public override string Name => inner.Name;

    public override SiteTable Sites => inner.Sites;

    public override SiteGraph Graph => inner.Graph;

    public override IReadOnlyList<string> Parameters => inner.Parameters;

    internal override bool SharesTensors => inner.SharesTensors;

    public override void Execute(RunContext context, TArgs args) => Result = inner.Run(context, args);
}
