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
        Operation { Operands.Count: 1 } member when member.Name[0] == '.' => Text(member.Operands[0]) + member.Name,
        Operation { Operands.Count: 1 } named when named.Name[named.Name.Length - 1] == ':' => $"{named.Name} {Text(named.Operands[0])}",
        Operation { Name: "[]" } element => $"{Text(element.Operands[0])}[{string.Join(", ", element.Operands.Skip(1).Select(Text))}]",
        Operation { Name: "{}" } several => $"{{{string.Join(", ", several.Operands.Select(Text))}}}",
        Operation { Operands.Count: 2 } binary when !char.IsLetter(binary.Name[0]) && binary.Name is not ("[]=" or "=") =>
            $"({Text(binary.Operands[0])} {binary.Name} {Text(binary.Operands[1])})",
        Operation operation => operation.Name + All(operation.Operands),
        Creation creation => $"new {creation.Type}{All(creation.Operands)}",
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
