using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>Numbers that stand in the text.</summary>
public static class Literals
{
    /// <summary>The constant that is given for a parameter, a number or a tensor of it; null where the argument is none.</summary>
    public static double? Argument(IEnumerable<IArgumentOperation> arguments, string parameter)
    {
        foreach (var argument in arguments)
            if (argument.Parameter?.Name == parameter && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return Numbers(argument.Value).Select(found => found.Number).Distinct().ToArray() is { Length: 1 } one ? one[0] : null;
        return null;
    }

    /// <summary>
    /// The constant numbers that an expression consists of, each with its place: a number, an array of some, a tensor made of either, or a variable that is never anything else.
    /// </summary>
    public static IEnumerable<(double Number, SyntaxNode Syntax)> Numbers(IOperation value) => Constant(value) is { } constant
        ? [(constant, value.Syntax)]
        : value switch
        {
            IConversionOperation conversion => Numbers(conversion.Operand),
            IArrayCreationOperation { Initializer: { } elements } => elements.ElementValues.SelectMany(Numbers),
            ICollectionExpressionOperation list => list.Elements.SelectMany(Numbers),
            IInvocationOperation { TargetMethod: { IsStatic: true } made, Arguments: var arguments } when Operations.Of(made) is { Name: var name } => name switch
            {
                "tensor" => arguments.Where(argument => argument.Parameter?.Ordinal == 0).SelectMany(argument => Numbers(argument.Value)),
                "zeros" => [(0, value.Syntax)],
                "ones" => [(1, value.Syntax)],
                "full" => arguments.Where(argument => argument.Parameter?.Name == "value").SelectMany(argument => Numbers(argument.Value)),
                _ => [],
            },
            ILocalReferenceOperation local when IsNeverChanged(local.Local, Variables.Root(local)) && Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only => Numbers(only),
            _ => [],
        };

    /// <summary>Whether a variable of numbers, or of a tensor or array of them, is only read: neither it nor what it holds is written to.</summary>
    private static bool IsNeverChanged(ILocalSymbol variable, IOperation body) => variable.Type.IsValueType
        || Variables.References(variable, body).All(use => use.Parent switch
        {
            IConversionOperation or IBinaryOperation => true,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsStatic: true } called } } => called.IsOfTorch() || called.IsPrimitive(),
            IArgumentOperation { Parent: IObjectCreationOperation } => true,
            _ => false,
        });

    /// <summary>The constant number that an expression is; null where it is none, or is left out.</summary>
    public static double? Number(IOperation? value) => value is null ? null : Constant(value);

    /// <summary>The constant number that an expression is, also where it becomes a tensor.</summary>
    private static double? Constant(IOperation value)
    {
        for (var bare = value; ; bare = ((IConversionOperation)bare).Operand)
            // As it is written: 0.1f and 0.1 are the same end of an interval.
            if (bare is IConversionOperation { IsImplicit: true, Operand.ConstantValue.HasValue: true })
                continue;
            else if (bare.ConstantValue is { HasValue: true, Value: float single })
                return double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            else if (bare.ConstantValue is { HasValue: true, Value: double or int or long } constant)
                return Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture);
            else if (bare is not IConversionOperation)
                return null;
    }
}
