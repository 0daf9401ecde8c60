using Microsoft.CodeAnalysis;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>Which methods are compiled, and what the generated members of one are called.</summary>
public static class ProgramNames
{
    /// <summary>Whether the method is marked [Model] or [Guide].</summary>
    public static bool IsProgram(IMethodSymbol method) => method.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.FullName() is RuntimeNames.ModelAttribute or RuntimeNames.GuideAttribute);

    /// <summary>Whether the generator emits a program for the method: it is marked, nothing stands in the way, and its types can be extended.</summary>
    public static bool IsCompiled(IMethodSymbol method, CancellationToken cancellation) =>
        method.DeclaringSyntaxReferences.Length > 0 && IsProgram(method) && !MethodObstacles.Of(method, cancellation).Any() && IsPartial(method.ContainingType, cancellation);

    /// <summary>Whether a type and all types around it are partial.</summary>
    public static bool IsPartial(INamedTypeSymbol? type, CancellationToken cancellation)
    {
        for (; type is not null; type = type.ContainingType)
            if (!type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation)
                is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax declaration
                && declaration.Modifiers.Any(modifier => modifier.Text == "partial")))
                return false;
        return true;
    }

    /// <summary>The method's name, for the second and further programs among its overloads with a number that no other member's name has.</summary>
    public static string Suffix(IMethodSymbol method)
    {
        var number = 1;
        foreach (var member in method.ContainingType.GetMembers(method.Name))
        {
            if (SymbolEqualityComparer.Default.Equals(member, method))
                break;
            if (member is not IMethodSymbol overload || !IsProgram(overload))
                continue;
            do
                number++;
            while (method.ContainingType.GetMembers(method.Name + number).Length > 0);
        }
        return number == 1 ? method.Name : method.Name + number;
    }

    /// <summary>What tells the file of a program from others whose names differ in case alone, as file names do not: empty for most.</summary>
    public static string Twins(IMethodSymbol method)
    {
        var numbers = new List<int>();
        for (ISymbol symbol = method; symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingType)
        {
            INamespaceOrTypeSymbol container = symbol.ContainingType is { } type ? type : symbol.ContainingNamespace;
            numbers.Insert(0, container.GetMembers().Select(member => member.Name).Where(name => name.Equals(symbol.Name, StringComparison.OrdinalIgnoreCase))
                .Distinct().OrderBy(name => name, StringComparer.Ordinal).ToList().IndexOf(symbol.Name));
        }
        return numbers.Any(number => number > 0) ? "-" + string.Join("-", numbers) : "";
    }

    /// <summary>The member of its type that has a name which the program needs; null where all are free.</summary>
    internal static ISymbol? Taken(IMethodSymbol method)
    {
        var suffix = Suffix(method);
        var names = Classes(suffix).Append(CompiledProperty(suffix)).Append(RunMethod(suffix)).ToList();
        if (names.Contains(method.ContainingType.Name))
            return method.ContainingType;
        return names.SelectMany(name => method.ContainingType.GetMembers(name))
            .FirstOrDefault(member => !IsGenerated(member)
                && !(member is IMethodSymbol { MethodKind: MethodKind.Ordinary } other && other.Name == RunMethod(suffix) && other.Parameters.FirstOrDefault()?.Type.Name != "RunContext"));
    }

    private static bool IsGenerated(ISymbol member) =>
        member.DeclaringSyntaxReferences.All(reference => reference.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase));

    /// <summary>The method that says where the sites are written.</summary>
    public const string SpanMethod = "WrittenAt";

    /// <summary>The classes of a program.</summary>
    public static IEnumerable<string> Classes(string suffix) => [ProgramClass(suffix), ValuesClass(suffix), SitesClass(suffix), PlatesClass(suffix)];

    /// <summary>The class of the compiled program.</summary>
    public static string ProgramClass(string suffix) => suffix + "Program";

    /// <summary>The class of the program's values.</summary>
    public static string ValuesClass(string suffix) => suffix + "Trace";

    /// <summary>The class with an object for each site.</summary>
    public static string SitesClass(string suffix) => suffix + "Sites";

    /// <summary>The class with an object for each plate.</summary>
    public static string PlatesClass(string suffix) => suffix + "Plates";

    /// <summary>The method with the body whose primitives act on an explicit context.</summary>
    public static string RunMethod(string suffix) => "Run" + suffix;

    /// <summary>The property that holds the compiled program.</summary>
    public static string CompiledProperty(string suffix) => "Compiled" + suffix;
}
