using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>Numbers that stand in the text.</summary>
internal static class Literals
{
    /// <summary>The constant that a distribution is constructed with; null where the argument is none.</summary>
    public static double? Argument(PrimitiveCall site, string parameter)
    {
        foreach (var argument in Families.Construction(site)?.Arguments ?? [])
            if (argument.Parameter?.Name == parameter)
                return Number(argument.Value);
        return null;
    }

    /// <summary>The constant number that an expression is, whatever it is converted to.</summary>
    public static double? Number(IOperation value)
    {
        while (true)
        {
            if (value.ConstantValue is { HasValue: true, Value: float or double or int or long } constant)
                return Convert.ToDouble(constant.Value, CultureInfo.InvariantCulture);
            if (value is not IConversionOperation { IsImplicit: true } conversion)
                return null;
            value = conversion.Operand;
        }
    }
}
