using System.Text;

namespace Pyro.Compiler.Ir;

/// <summary>Writes a program's nodes for people: a statement a line, what runs inside of another indented.</summary>
public sealed class Printer
{
    private readonly StringBuilder text = new();
    private readonly IReadOnlyList<SiteIr> sites;
    private readonly IReadOnlyList<PlateIr> plates;
    private int depth;

    private Printer(IReadOnlyList<SiteIr> sites, IReadOnlyList<PlateIr> plates) => (this.sites, this.plates) = (sites, plates);

    /// <summary>The text of a program's nodes.</summary>
    public static string Print(ProgramIr program)
    {
        var printer = new Printer(program.Sites, program.Plates);
        printer.Print(program.Nodes);
        return printer.text.ToString();
    }

    /// <summary>The text of one value.</summary>
    public static string Print(Expr value, IReadOnlyList<SiteIr> sites) => new Printer(sites, []).Text(value);

    private void Print(Node node)
    {
        switch (node)
        {
            case Block block:
                foreach (var inner in block.Nodes)
                    Print(inner);
                break;
            case Evaluate evaluate:
                Line(Text(evaluate.Value));
                break;
            case Branch branch:
                Line("if " + Text(branch.Condition));
                Inside(branch.Then);
                if (branch.Else.Nodes.Count > 0)
                {
                    Line("else");
                    Inside(branch.Else);
                }
                break;
            case Loop loop:
                var variables = loop.Variables.Count > 0 ? string.Join(", ", loop.Variables) + " in " : "";
                Line($"loop {variables}{Text(loop.Source)}{(loop.Plate >= 0 ? $" — plate {plates[loop.Plate].Name}" : "")}");
                Inside(loop.Body);
                if (loop.Step.Nodes.Count > 0)
                {
                    Line("step");
                    Inside(loop.Step);
                }
                break;
            case Breakable breakable:
                Line("switch");
                Inside(breakable.Body);
                break;
            case PlateScope plate:
                Line($"plate {(plate.Plate >= 0 ? plates[plate.Plate].Name : "?")} = {Text(plate.Size)}");
                Inside(plate.Body);
                break;
            case WeightScope weighed:
                Line($"weigh {Text(weighed.Weights)}");
                Inside(weighed.Body);
                break;
            case Attempt attempt:
                Line("try");
                Inside(attempt.Body);
                foreach (var handler in attempt.Handlers)
                {
                    Line("catch");
                    Inside(handler);
                }
                if (attempt.Finally.Nodes.Count > 0)
                {
                    Line("finally");
                    Inside(attempt.Finally);
                }
                break;
            case Function function:
                Line($"function {function.Name} ({string.Join(", ", function.Parameters)})");
                Inside(function.Body);
                break;
            case Label:
                Line("label");
                break;
            case Leave leave:
                Line(leave.Kind.ToString().ToLowerInvariant() + (leave.Value is { } value ? " " + Text(value) : ""));
                break;
        }
    }

    private string Text(Expr value) => value switch
    {
        Constant constant => constant.Text,
        Variable variable => variable.Name,
        Assign assign => $"{assign.Variable} {(assign.Partial ? "<-" : ":=")} {Text(assign.Value)}",
        SiteRef site => $"'{sites[site.Slot].Name}'",
        SiteValue site => $"{sites[site.Slot].Kind.ToString().ToLowerInvariant()} '{sites[site.Slot].Name}' {All(site.Arguments)}",
        Member member => $"{Text(member.Value)}.{member.Name}",
        Named named => $"{named.Parameter}: {Text(named.Value)}",
        Element element => $"{Text(element.Whole)}[{string.Join(", ", element.Indices.Select(Text))}]",
        Items items => $"{{{string.Join(", ", items.Operands.Select(Text))}}}",
        // What loses nothing says nothing.
        Cast cast => cast.Kind > cast.Value.Kind ? Text(cast.Value) : $"({cast.Type}){Text(cast.Value)}",
        Operation { Operands.Count: 2, Op.Operator: { } infix } binary => $"({Text(binary.Operands[0])} {infix} {Text(binary.Operands[1])})",
        Operation { Operands.Count: 1, Op.Prefix: { } prefix } unary => prefix + Text(unary.Operands[0]),
        Operation operation => operation.Op.Name + All(operation.Operands),
        Creation creation => $"new {creation.Type}{All(creation.Operands)}",
        Opening opening => opening.Primitive + All(opening.Operands),
        Sequence sequence => string.Join(", ", sequence.Operands.Select(Text)),
        Form { Operands.Count: 2, Name: ".." or "+" } binary => $"({Text(binary.Operands[0])} {binary.Name} {Text(binary.Operands[1])})",
        Form form => form.Name + All(form.Operands),
        Conditional { Choice: Choice.Either } choice => $"({Text(choice.Condition)} ? {Text(choice.Arms[0])} : {Text(choice.Arms[1])})",
        Conditional { Choice: Choice.And } both => $"({Text(both.Condition)} && {Text(both.Arms[0])})",
        Conditional { Choice: Choice.Or } any => $"({Text(any.Condition)} || {Text(any.Arms[0])})",
        Conditional { Choice: Choice.Coalesce } first => $"({Text(first.Condition)} ?? {Text(first.Arms[0])})",
        Conditional conditional => $"when {Text(conditional.Condition)} of {All(conditional.Arms)}",
        Call call => Text(call.Target) + All(call.Arguments),
        Lambda lambda => $"({string.Join(", ", lambda.Function.Parameters)}) => {{ {Inline(lambda.Function.Body)} }}",
        Opaque opaque => $"C# `{string.Join(" ", opaque.CSharp.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}`" +
            (opaque.Mutates.Count > 0 ? $" changing {string.Join(", ", opaque.Mutates)}" : ""),
        _ => value.ToString(),
    };

    private string All(EquatableArray<Expr> values) => $"({string.Join(", ", values.Where(value => value is not Constant { IsDefault: true }).Select(Text))})";

    private string Inline(Block body)
    {
        var printer = new Printer(sites, plates);
        printer.Print(body);
        return printer.text.ToString().TrimEnd().Replace("\n", "; ");
    }

    private void Inside(Block block)
    {
        depth++;
        Print(block);
        depth--;
    }

    private void Line(string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');
}
