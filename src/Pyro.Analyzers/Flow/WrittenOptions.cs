using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>The options of a site where they are written.</summary>
internal static class WrittenOptions
{
    /// <summary>The options at the call, or where their variable gets its only value; null for none, or where they are not known.</summary>
    /// <param name="site">The site.</param>
    public static IObjectCreationOperation? Of(PrimitiveCall site) => Of(site.Argument("options"));

    /// <summary>Whether a site may be one that the model is not to have.</summary>
    /// <param name="site">The site of the guide.</param>
    public static bool MayBeAuxiliary(PrimitiveCall site) => site.Argument("options") is { } options
        && (Of(options) is not { } written || written.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Any(IsAuxiliary) == true);

    private static bool IsAuxiliary(ISimpleAssignmentOperation set) =>
        set is { Target: IPropertyReferenceOperation { Property.Name: "IsAuxiliary" }, Value.ConstantValue: not { HasValue: true, Value: false } };

    private static IObjectCreationOperation? Of(IOperation? options) => options switch
    {
        IObjectCreationOperation creation => creation,
        IConversionOperation conversion => Of(conversion.Operand),
        ILocalReferenceOperation local => Of(Variables.OnlyValue(local.Local, Variables.Root(local))),
        _ => null,
    };
}
