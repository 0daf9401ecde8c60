using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>Numbers that stand in the text.</summary>
internal static class Literals
{
    /// <summary>The constant that is given for a parameter of a constructor; null where the argument is none.</summary>
    public static double? Argument(IObjectCreationOperation construction, string parameter)
    {
        foreach (var argument in construction.Arguments)
            if (argument.Parameter?.Name == parameter && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return Constant(argument.Value);
        return null;
    }

    /// <summary>The constant numbers that an expression consists of, each with its place: a number, an array of some, or a tensor made of either.</summary>
    public static IEnumerable<(double Number, SyntaxNode Syntax)> Numbers(IOperation value) => Constant(value) is { } constant
        ? [(constant, value.Syntax)]
        : value switch
        {
            IConversionOperation conversion => Numbers(conversion.Operand),
            IArrayCreationOperation { Initializer: { } elements } => elements.ElementValues.SelectMany(Numbers),
            ICollectionExpressionOperation list => list.Elements.SelectMany(Numbers),
            IInvocationOperation { TargetMethod: { Name: "tensor", ContainingType.Name: "torch" }, Arguments: { Length: > 0 } arguments } =>
                Numbers(arguments.First(argument => argument.Parameter?.Ordinal == 0).Value),
            _ => [],
        };

    /// <summary>The constant number that an expression is; null where it is none, or is left out.</summary>
    public static double? Number(IOperation? value) => value is null ? null : Constant(value);

    /// <summary>The constant number that an expression is, also where it becomes a tensor.</summary>
    private static double? Constant(IOperation value)
    {
        for (var bare = value; ; bare = ((IConversionOperation)bare).Operand)
            if (bare.ConstantValue is { HasValue: true, Value: float or double or int or long } constant)
                return Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture);
            else if (bare is not IConversionOperation)
                return null;
    }
}
