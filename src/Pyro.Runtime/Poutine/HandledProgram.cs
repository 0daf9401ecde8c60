using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>A program with a handler around it: a program again.</summary>
/// <typeparam name="TArgs">The arguments.</typeparam>
/// <param name="inner">The program inside.</param>
/// <param name="handler">The handler.</param>
internal sealed class HandledProgram<TArgs>(Program<TArgs> inner, Poutine handler) : Program<TArgs>
{
    public override string Name => inner.Name;

    public override SiteTable Sites => inner.Sites;

    public override SiteGraph Graph => inner.Graph;

    public override IReadOnlyList<string> Parameters => inner.Parameters;

    internal override bool SharesTensors => inner.SharesTensors;

    public override void Execute(RunContext context, TArgs args)
    {
        using (context.Push(handler))
        {
            handler.Begin(context);
            inner.Execute(context, args);
            handler.EndOf(context, inner.Name, inner.Sites);
        }
    }
}

/// <summary>A program with a result and a handler around it.</summary>
/// <typeparam name="TArgs">The arguments.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="inner">The program inside.</param>
/// <param name="handler">The handler.</param>
internal sealed class HandledProgram<TArgs, TResult>(Program<TArgs, TResult> inner, Poutine handler) : Program<TArgs, TResult>
{
    public override string Name => inner.Name;

    public override SiteTable Sites => inner.Sites;

    public override SiteGraph Graph => inner.Graph;

    public override IReadOnlyList<string> Parameters => inner.Parameters;

    internal override bool SharesTensors => inner.SharesTensors;

    public override TResult Run(RunContext context, TArgs args)
    {
        using (context.Push(handler))
        {
            handler.Begin(context);
            var result = inner.Run(context, args);
            handler.EndOf(context, inner.Name, inner.Sites);
            return result;
        }
    }
}
