using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pyro.LibTorch.Tests;

/// <summary>What an assembly shows of the TorchSharp namespaces: each type with its members as a caller has to write them.</summary>
internal sealed class Surface
{
    // Names of parameters and their defaults are part of a call; nullability and attributes are not.
    private static readonly SymbolDisplayFormat Format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeOptionalBrackets,
        propertyStyle: SymbolDisplayPropertyStyle.NameOnly,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    private readonly Dictionary<string, INamedTypeSymbol> types = [];

    private Surface(IAssemblySymbol assembly) => Collect(assembly.GlobalNamespace);

    /// <summary>The real TorchSharp.dll.</summary>
    internal static string RealPackage { get; } =
        typeof(Surface).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "TorchSharp").Value!;

    internal IEnumerable<string> Types => types.Keys;

    internal static Surface Of(string path)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) is not "TorchSharp.dll").Select(file => MetadataReference.CreateFromFile(file));
        var reference = MetadataReference.CreateFromFile(path);
        var compilation = CSharpCompilation.Create("surface", references: [.. platform, reference]);
        return new Surface((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!);
    }

    /// <summary>The members of a type and of its bases, each as one line; none where the type is missing.</summary>
    internal HashSet<string> MembersOf(string type, bool inherited)
    {
        var result = new HashSet<string>();
        for (var symbol = types.GetValueOrDefault(type); symbol is not null; symbol = inherited ? symbol.BaseType : null)
            foreach (var member in symbol.GetMembers().Where(IsVisible))
                foreach (var line in Lines(member))
                    result.Add(line);
        return result;
    }

    private static IEnumerable<string> Lines(ISymbol member)
    {
        var how = member.IsStatic ? "static " : "";
        var text = how + member.ToDisplayString(Format).Replace("readonly ", "", StringComparison.Ordinal);
        switch (member)
        {
            case IPropertySymbol property:
                yield return text + " get";
                if (property.SetMethod is { } set && IsVisible(set))
                    yield return text + " set";
                break;
            case IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.StaticConstructor or MethodKind.Destructor }:
                break;
            default:
                yield return text;
                break;
        }
    }

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal && symbol is not ITypeSymbol
        && !IsForbidden(symbol);

    // [Obsolete(…, error: true)]: there for the compiler to say that it is gone, or not there yet.
    private static bool IsForbidden(ISymbol symbol) => symbol.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == nameof(ObsoleteAttribute) && attribute.ConstructorArguments is [_, { Value: true }]);

    private void Collect(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
            if (member is INamespaceSymbol inner)
                Collect(inner);
            else if (member is INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public or Accessibility.Protected } type
                && type.ContainingNamespace.ToDisplayString().StartsWith("TorchSharp", StringComparison.Ordinal))
            {
                types[type.ToDisplayString(Format)] = type;
                Collect(type);
            }
    }
}
