using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>Patterns, as the conditions that they are.</summary>
internal sealed partial class BodyLowering
{
    private static readonly Constant True = new("true") { Number = 1, Kind = ValueKind.Bool };

    private Expr LowerTest(IsPatternExpressionSyntax test)
    {
        var (hold, tested) = Once(Lower(test.Expression));
        return After(hold, tested, TestOf(test.Pattern, null, tested, test.Expression));
    }

    private Expr LowerSwitch(SwitchExpressionSyntax choice)
    {
        var (hold, governing) = Once(Lower(choice.GoverningExpression));
        var arms = choice.Arms
            .Select(arm => (Test: TestOf(arm.Pattern, arm.WhenClause, governing, choice.GoverningExpression), Value: Lower(arm.Expression))).ToList();
        // While somebody types, there may be none.
        if (arms.Count == 0)
            return hold;
        arms.Reverse();
        var (last, rest) = arms[0];
        if (last != True)
            rest = new Conditional(Choice.Last, last, Exprs(rest)) { Kind = rest.Kind };
        foreach (var (test, value) in arms.Skip(1))
            rest = new Conditional(Choice.Either, test, Exprs(value, rest)) { Kind = value.Kind };
        return After(hold, governing, rest);
    }

    private static Expr After(Expr hold, Expr held, Expr value) => hold == held ? value : new Sequence(Exprs(hold, value)) { Kind = value.Kind };

    // Whether a value is what a case asks for. The variables of a pattern are read only where it holds: they may get their values in any case.
    private Expr TestOf(PatternSyntax pattern, WhenClauseSyntax? when, Expr value, ExpressionSyntax source)
    {
        var named = new List<Expr>();
        var test = TestOf(pattern, value, source, named);
        if (named.Count > 0)
            test = new Sequence(named.Append(test).ToEquatableArray()) { Kind = ValueKind.Bool };
        return when is null ? test : Both(test, Lower(when.Condition));
    }

    private Expr TestOf(PatternSyntax pattern, Expr value, ExpressionSyntax source, List<Expr> named)
    {
        switch (pattern)
        {
            case DiscardPatternSyntax:
                return True;
            case ParenthesizedPatternSyntax inner:
                return TestOf(inner.Pattern, value, source, named);
            case ConstantPatternSyntax constant:
                return Equal(value, Lower(constant.Expression));
            case RelationalPatternSyntax relation:
                return Operator(relation.OperatorToken.Text, value, Lower(relation.Expression)) with { Kind = ValueKind.Bool };
            case UnaryPatternSyntax not:
                return Operator("!", TestOf(not.Pattern, value, source, named)) with { Kind = ValueKind.Bool };
            case BinaryPatternSyntax { RawKind: (int)SyntaxKind.AndPattern } both:
                return Both(TestOf(both.Left, value, source, named), TestOf(both.Right, value, source, named));
            case BinaryPatternSyntax either:
                return Either(TestOf(either.Left, value, source, named), TestOf(either.Right, value, source, named));
            case TypePatternSyntax type:
                return IsOf(type.Type, value);
            case DeclarationPatternSyntax declaration:
                Name(declaration.Designation, value, source, named);
                return IsOf(declaration.Type, value);
            case VarPatternSyntax { Designation: SingleVariableDesignationSyntax or DiscardDesignationSyntax } any:
                Name(any.Designation, value, source, named);
                return True;
            case RecursivePatternSyntax { PositionalPatternClause: null } recursive:
                Name(recursive.Designation, value, source, named);
                return (recursive.PropertyPatternClause?.Subpatterns ?? default)
                    .Select(part => TestOf(part.Pattern, MemberOf(value, part.ExpressionColon?.Expression), source, named))
                    .Aggregate(recursive.Type is { } known ? IsOf(known, value) : (Expr)True, Both);
            default:
                // What its variables are is known to it alone.
                Name(pattern, new Opaque(pattern.ToString(), Exprs(value), default), source, named);
                return new Form($"is {pattern}", Exprs(value)) { Kind = ValueKind.Bool };
        }
    }

    private static Expr MemberOf(Expr value, ExpressionSyntax? path) => path switch
    {
        MemberAccessExpressionSyntax member => new Member(MemberOf(value, member.Expression), member.Name.Identifier.ValueText),
        IdentifierNameSyntax name => new Member(value, name.Identifier.ValueText),
        _ => value,
    };

    private static Form IsOf(TypeSyntax type, Expr value) => new($"is {type}", Exprs(value)) { Kind = ValueKind.Bool };

    private static Expr Equal(Expr value, Expr other) => Operator("==", value, other) with { Kind = ValueKind.Bool };

    private static Expr Both(Expr one, Expr other) =>
        one == True ? other : other == True ? one : new Conditional(Choice.And, one, Exprs(other)) { Kind = ValueKind.Bool };

    private static Expr Either(Expr one, Expr other) =>
        one == True || other == True ? True : new Conditional(Choice.Or, one, Exprs(other)) { Kind = ValueKind.Bool };

    // The variables in a pattern get a value.
    private void Name(SyntaxNode? pattern, Expr value, ExpressionSyntax source, List<Expr> named)
    {
        foreach (var single in pattern?.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>() ?? [])
            if (semantics.GetDeclaredSymbol(single, cancellation) is ILocalSymbol symbol)
            {
                Share(source, [(shared.Names.Of(symbol), symbol.Type)]);
                named.Add(new Assign(shared.Names.Of(symbol), value, Partial: false));
            }
    }
}
