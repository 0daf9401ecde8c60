using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>
/// An IRange loop whose iterations can run as one: each site in its body becomes one batched site of its family. Which loops these are is decided here; that
/// the shapes are right, by the context when the program runs.
/// </summary>
public sealed class BatchedLoop
{
    private readonly ForEachStatementSyntax loop;
    private readonly Primitive plate;
    private readonly SemanticModel semantics;
    private readonly Lifting lifting;
    private readonly ILocalSymbol index;
    private readonly CancellationToken cancellation;
    private readonly List<(SyntaxNode Node, string Text)> edits = [];
    private readonly List<(Primitive Primitive, string Pattern)> sites = [];

    internal BatchedLoop(ForEachStatementSyntax loop, Primitive plate, SemanticModel semantics, CancellationToken cancellation)
    {
        this.loop = loop;
        this.plate = plate;
        this.semantics = semantics;
        this.cancellation = cancellation;
        index = (ILocalSymbol)semantics.GetDeclaredSymbol(loop, cancellation)!;
        lifting = new Lifting(semantics, index, cancellation);
        if (plate.OtherArguments.All(argument => lifting.Of(argument.Expression) == Lift.Shared))
            lifting.SharedTensors.Clear();
        Read(loop.Statement);
        if (Reason is null && sites.Count == 0)
            lifting.Fails(null, "has no site");
    }

    /// <summary>A loop of a model or guide; null when it is none over an IRange whose name is known.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="semantics">What its file means.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static BatchedLoop? Of(ForEachStatementSyntax loop, SemanticModel semantics, CancellationToken cancellation) =>
        loop.Expression is InvocationExpressionSyntax call
        && Primitive.Of(call, semantics, cancellation) is { Name: RuntimeNames.IRange } plate
        && plate.SiteName(semantics, cancellation).Constant is { Length: > 0 }
            ? new BatchedLoop(loop, plate, semantics, cancellation)
            : null;

    /// <summary>Why the iterations run one after another; null when they can run as one.</summary>
    public string? Reason => lifting.Reason;

    /// <summary>Whether the reason is that iterations or sites have one name, which is an error by itself.</summary>
    public bool IsMistake { get; private set; }

    /// <summary>The statement in front of the loop as written: it runs the iterations as one where it can, and else goes on to the loop.</summary>
    /// <param name="line">The directive for the loop's statement at a column.</param>
    /// <param name="plateHandle">The plate's handle.</param>
    /// <param name="siteHandle">A family's handle, from its pattern.</param>
    /// <param name="context">The variable with the context.</param>
    /// <param name="each">A name for the variable with the plate's scope.</param>
    internal string Text(Func<string, string> line, string plateHandle, Func<string, string> siteHandle, string context, string each)
    {
        foreach (var (primitive, pattern) in sites)
        {
            edits.Add((primitive.Call.Expression, $"{context}.{primitive.Name}"));
            edits.Add((primitive.NameArgument, (primitive.NameArgument.NameColon is null ? "" : "site: ") + siteHandle(pattern)));
        }
        foreach (var row in lifting.Rows)
            edits.Add((row.Key, $"{each}.Each({row.Value})"));

        var text = loop.SyntaxTree.GetText();
        var before = text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(loop.SpanStart).Start, loop.SpanStart));
        var isFirst = before.Trim().Length == 0;
        var indent = before.Substring(0, before.Length - before.TrimStart().Length);
        var sizes = string.Join(", ", new[] { "size", "subsampleSize", "subsample" }.Select(name => plate.Argument(name)?.Expression.ToString() ?? "null"));
        var families = string.Join(", ", sites.Select(site => siteHandle(site.Pattern)));
        // Of a loop without rounds nothing is looked at.
        var size = plate.Argument("size")!.Expression;
        var some = semantics.GetConstantValue(size, cancellation).HasValue ? "" : $"{(size is BinaryExpressionSyntax or ConditionalExpressionSyntax ? $"({size})" : size)} > 0 && ";
        return $"{(isFirst ? "" : "\n")}{SourceLines.Hidden}\n{indent}if ({some}{context}.Batch({plateHandle}, {sizes}, [{families}], [{string.Join(", ", lifting.SharedTensors)}], " +
            $"[{string.Join(", ", lifting.RowTensors)}], [{string.Join(", ", lifting.RowArrays.Select(array => array + ".Length"))}], out var {each}))\n" +
            $"{indent}{{\n{indent}    using ({each})\n" +
            $"{line((indent.Length + 8).ToString(CultureInfo.InvariantCulture))}\n" +
            $"{indent}        {Edited(loop.Statement)}\n{SourceLines.Hidden}\n{indent}}}\n{indent}else\n{indent}";
    }

    private void Read(StatementSyntax statement)
    {
        cancellation.ThrowIfCancellationRequested();
        switch (statement)
        {
            case BlockSyntax block:
                foreach (var inner in block.Statements)
                    Read(inner);
                break;
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration when declaration.Declaration.Variables.All(variable => variable.Initializer is not null):
                foreach (var variable in declaration.Declaration.Variables)
                    if (semantics.GetDeclaredSymbol(variable, cancellation) is ILocalSymbol local)
                    {
                        var lift = ReadValue(variable.Initializer!.Value);
                        if (lift == Lift.Row)
                            Retype(declaration.Declaration, local);
                        lifting.Declare(local, lift);
                    }
                break;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: InvocationExpressionSyntax unused } assignment }
                when semantics.GetSymbolInfo(assignment.Left, cancellation).Symbol is IDiscardSymbol && Primitive.Of(unused, semantics, cancellation) is not null:
                ReadValue(unused);
                break;
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } when Primitive.Of(call, semantics, cancellation) is not null:
                ReadValue(call);
                break;
            case EmptyStatementSyntax:
                break;
            default:
                lifting.Fails(statement, statement is ExpressionStatementSyntax
                    ? "does something beside its sites"
                    : "has more than declarations and sites in its body");
                break;
        }
    }

    // A number of each iteration becomes a tensor of them all.
    private void Retype(VariableDeclarationSyntax declaration, ILocalSymbol local)
    {
        if (declaration.Type.IsVar || local.Type.FullName() == RuntimeNames.Tensor)
            return;
        if (declaration.Variables.Count == 1 && local.Type.SpecialType is SpecialType.System_Single or SpecialType.System_Double)
            edits.Add((declaration.Type, "var"));
        else
            lifting.Fails(declaration, "keeps a value of the iteration in a variable of a type that holds one of them");
    }

    private Lift ReadValue(ExpressionSyntax value)
    {
        if (value is not InvocationExpressionSyntax call || Primitive.Of(call, semantics, cancellation) is not { } primitive)
            return lifting.Of(value);
        if (primitive.Name is not (RuntimeNames.Sample or RuntimeNames.Observe))
            return lifting.Fails(call, primitive.Name == RuntimeNames.Param ? "has a parameter of each iteration" : "has a plate inside");
        var name = primitive.SiteName(semantics, cancellation);
        IsMistake |= name.Constant is { Length: > 0 } || sites.Any(site => site.Pattern == name.Format);
        if (name is not { Indices: { Length: 1 } indices } || !SymbolEqualityComparer.Default.Equals(indices[0], index))
            return lifting.Fails(primitive.NameArgument, "has a site whose name does not have the index, and nothing else, in it");
        if (IsMistake)
            return lifting.Fails(primitive.NameArgument, "has two sites of one name");
        var known = primitive.Name == RuntimeNames.Sample ? 2 : 3;
        if (call.ArgumentList.Arguments.Count != known)
            return lifting.Fails(call, "has a site with options");
        if (!lifting.IsDistribution(primitive.Argument("distribution")?.Expression, out var reparameterized))
            return Lift.Opaque;
        if (primitive.Name == RuntimeNames.Sample && !reparameterized)
            return lifting.Fails(call, "draws what cannot be reparameterised: the score function takes each element by itself");
        if (primitive.Name == RuntimeNames.Observe
            && lifting.Of(primitive.Argument("value")!.Expression) is var observed && observed != Lift.Row)
            return lifting.Fails(primitive.Argument("value"), "observes the same value in each iteration");
        sites.Add((primitive, name.Format));
        return Lift.Row;
    }

    private string Edited(SyntaxNode node)
    {
        var text = new StringBuilder(node.ToString());
        foreach (var (part, replacement) in edits.OrderByDescending(edit => edit.Node.SpanStart))
            text.Remove(part.SpanStart - node.SpanStart, part.Span.Length).Insert(part.SpanStart - node.SpanStart, replacement);
        return text.ToString();
    }
}
