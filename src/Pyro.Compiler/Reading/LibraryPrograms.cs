using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>
/// Programs of referenced assemblies: their sources are not there, and what callers have to know of them stands on the classes that were generated for them.
/// </summary>
public static class LibraryPrograms
{
    private static readonly ConditionalWeakTable<IMethodSymbol, StrongBox<LibraryProgram?>> _known = new();

    /// <summary>Whether a method is a program of another assembly than this one.</summary>
    /// <param name="method">The method.</param>
    /// <param name="own">The assembly that is compiled.</param>
    public static bool IsOne(IMethodSymbol method, IAssemblySymbol own) =>
        method.ContainingAssembly is { } assembly && !SymbolEqualityComparer.Default.Equals(assembly, own)
        && HiddenSites.IsOfUser(assembly) && ProgramNames.IsProgram(method);

    /// <summary>The program of another assembly that a method is; null for others, and for one that says nothing of itself.</summary>
    /// <param name="method">The method.</param>
    /// <param name="own">The assembly that is compiled.</param>
    public static LibraryProgram? Of(IMethodSymbol method, IAssemblySymbol own) =>
        IsOne(method, own) ? _known.GetValue(method.OriginalDefinition, static method => new(Read(method))).Value : null;

    private static LibraryProgram? Read(IMethodSymbol method)
    {
        var id = method.GetDocumentationCommentId();
        foreach (var type in method.ContainingType.GetTypeMembers())
        {
            var attributes = type.GetAttributes();
            if (attributes.FirstOrDefault(attribute => Is(attribute, RuntimeNames.CalledProgram) && Family.Text(attribute, 0) == id) is not { } program)
                continue;
            var sites = attributes.Where(attribute => Is(attribute, RuntimeNames.CalledSite)).Select(Site).ToList();
            return new LibraryProgram(
                $"{method.ContainingType.Name}.{method.Name}",
                [.. sites.OfType<LibrarySite>()],
                Names(program, "Sites"),
                Names(program, "Arguments"),
                Names(program, "ThrowSites"),
                Names(program, "ThrowArguments"),
                // A site of a kind that is not known here is one that is not known.
                Holds(program, "HasDynamicSites") || sites.Any(site => site is null),
                Holds(program, "MayHaveOtherSites"),
                Names(program, "OtherNames"),
                Holds(program, "MayHaveOtherNames"),
                Holds(program, "ChangesTensors"));
        }
        return null;
    }

    private static LibrarySite? Site(AttributeData attribute)
    {
        if (Family.Text(attribute, 0) is not { } name || Kind(attribute) is not { } kind)
            return null;
        var loops = Names(attribute, "Loops");
        var rank = Number(attribute, "EventRank") ?? -1;
        return new LibrarySite(
            name,
            Number(attribute, "Places") ?? 0,
            kind,
            new DistributionIr(
                Text(attribute, "Distribution"), Text(attribute, "Support"), rank < 0 ? null : rank, Holds(attribute, "Reparameterized"), Holds(attribute, "Enumerable")),
            [.. Names(attribute, "Plates").Select(plate => new PlateIr(plate, Vectorized: !loops.Contains(plate)))],
            Names(attribute, "Sites"),
            Names(attribute, "Arguments"),
            Holds(attribute, "IsCertain"),
            Holds(attribute, "MayBeGiven"));
    }

    // By the name of the runtime's constant, whose number is its own affair.
    private static SiteKind? Kind(AttributeData attribute) =>
        attribute.ConstructorArguments.ElementAtOrDefault(1) is { Kind: TypedConstantKind.Enum, Type: { } type, Value: { } number }
        && type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.HasConstantValue && number.Equals(field.ConstantValue)) is { } constant
        && Enum.TryParse<SiteKind>(constant.Name, out var kind) ? kind : null;

    private static bool Is(AttributeData attribute, string name) => attribute.AttributeClass?.FullName() == name;

    private static TypedConstant Named(AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value;

    private static object? Value(AttributeData attribute, string property) =>
        Named(attribute, property) is { Kind: TypedConstantKind.Primitive, Value: var value } ? value : null;

    private static bool Holds(AttributeData attribute, string property) => Value(attribute, property) is true;

    private static int? Number(AttributeData attribute, string property) => Value(attribute, property) as int?;

    private static string Text(AttributeData attribute, string property) => Value(attribute, property) as string ?? "";

    private static IReadOnlyList<string> Names(AttributeData attribute, string property) =>
        Named(attribute, property) is { Kind: TypedConstantKind.Array, IsNull: false, Values: var values }
            ? [.. values.Select(value => value.Value).OfType<string>()]
            : [];
}
