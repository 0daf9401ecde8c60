using Microsoft.CodeAnalysis;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>Names for the variables of a body, one each: what two scopes call by the same name are two variables.</summary>
internal sealed class VariableNames
{
    /// <summary>The object that an instance method runs on, with all its fields: a name that no variable can have.</summary>
    public const string This = "this";

    /// <summary>What delegates are called with, as a variable that all their parameters may share with: a name that no variable can have.</summary>
    public const string Passed = "delegate";

    private readonly Dictionary<ISymbol, string> names = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> taken = [];

    /// <summary>The name of a local, a parameter, a field or a property.</summary>
    public string Of(ISymbol symbol)
    {
        if (names.TryGetValue(symbol, out var name))
            return name;
        // What a constructor is given and methods use is as good as a field.
        var isOfType = symbol is IFieldSymbol or IPropertySymbol or IEventSymbol or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } };
        var wish = !isOfType ? symbol.Name
            : symbol.IsStatic ? symbol.ContainingType.FullName() + "." + symbol.Name
            : This + "." + symbol.Name;
        names.Add(symbol, name = New(wish));
        return name;
    }

    /// <summary>A name for a value that has none in the source.</summary>
    public string New(string wish)
    {
        var name = wish;
        for (var number = 2; !taken.Add(name); number++)
            name = wish + "#" + number;
        return name;
    }
}
