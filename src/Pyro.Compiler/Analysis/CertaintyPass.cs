using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Analysis;

/// <summary>
/// Which sites every run has that ends without an exception: those on the way through the program that no condition, loop or early exit
/// lies on. A family is not among them, since its members differ from run to run.
/// </summary>
internal sealed class CertaintyPass
{
    private readonly HashSet<int> met = [];
    private readonly HashSet<string> running = [];
    private readonly Functions functions;
    private bool mayHaveLeft;

    private CertaintyPass(ProgramIr program) => functions = Functions.Of(program.Nodes);

    /// <summary>The program with its certain sites, by slot, in order.</summary>
    public static ProgramIr Run(ProgramIr program)
    {
        if (program.OfferedAs is null)
            return program;
        var pass = new CertaintyPass(program);
        pass.RunFunction((Function)program.Nodes.Nodes[program.Nodes.Nodes.Count - 1]);
        return program with
        {
            Certain = program.Sites.Where(site => site.Rounds.Count == 0 && pass.met.Contains(site.Slot)).Select(site => site.Slot).ToEquatableArray(),
        };
    }

    private void RunFunction(Function function)
    {
        if (function.IsDeferred || !running.Add(function.Name))
            return;
        var outside = mayHaveLeft;
        mayHaveLeft = false;
        Run(function.Body);
        mayHaveLeft = outside;
        running.Remove(function.Name);
    }

    private void Run(Node node)
    {
        if (mayHaveLeft)
            return;
        switch (node)
        {
            case Block block:
                foreach (var inner in block.Nodes)
                    Run(inner);
                return;
            case Evaluate evaluate:
                Of(evaluate.Value);
                return;
            case PlateScope plate:
                Of(plate.Size);
                Run(plate.Body);
                return;
            case WeightScope weighed:
                Of(weighed.Weights);
                Run(weighed.Body);
                return;
            case Attempt { Handlers.Count: 0 } attempt:
                Run(attempt.Body);
                Run(attempt.Finally);
                return;
            case Branch branch:
                Of(branch.Condition);
                break;
            case Loop { Kind: LoopKind.Each or LoopKind.While } loop:
                Of(loop.Source);
                break;
            case Leave { Value: { } value }:
                Of(value);
                break;
        }
        mayHaveLeft = Leaves(node);
    }

    private void Of(Expr value)
    {
        switch (value)
        {
            case Conditional conditional:
                Of(conditional.Condition);
                return;
            case Lambda:
                return;
        }
        foreach (var operand in value.Operands())
            Of(operand);
        if (value is SiteValue site)
            met.Add(site.Slot);
        else if (value is Call { Target: Variable target } && functions.In(target).FirstOrDefault(known => known.Name == target.Name) is { } function)
            RunFunction(function);
    }

    // What is thrown and not caught ends the run with an exception; what leaves a loop or a switch stays in the function.
    private static bool Leaves(Node node) => node switch
    {
        Leave leave => leave.Kind is not (LeaveKind.Break or LeaveKind.Continue or LeaveKind.Throw),
        Block block => block.Nodes.Any(Leaves),
        Branch branch => Leaves(branch.Then) || Leaves(branch.Else),
        Loop loop => loop.Kind == LoopKind.Jumps || Leaves(loop.Body) || Leaves(loop.Step),
        Breakable breakable => Leaves(breakable.Body),
        PlateScope plate => Leaves(plate.Body),
        WeightScope weighed => Leaves(weighed.Body),
        Attempt attempt => Leaves(attempt.Body) || attempt.Handlers.Any(Leaves) || Leaves(attempt.Finally),
        _ => false,
    };
}
