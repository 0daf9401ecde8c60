namespace Pyro.LibTorch.Bindings;

/// <summary>A parameter of an operation: its type in the table, its name, and its default as the table writes it (null: none).</summary>
internal sealed class Parameter(string type, string name, string? defaultValue)
{
    public string Type { get; } = type;

    public string Name { get; } = name;

    public string? Default { get; } = defaultValue;
}

/// <summary>One operation of a table: FN(returns, name, (parameters), "documentation", expression) and its relatives (native/ops.h).</summary>
internal sealed class Operation(string macro, string returns, string name, IReadOnlyList<Parameter> parameters, string documentation)
{
    public string Macro { get; } = macro;

    /// <summary>T, T2, T3, T4, Ts, Self, bool, i64 or f64.</summary>
    public string Returns { get; } = returns;

    /// <summary>Unique; the exported function is pt_ and this.</summary>
    public string Name { get; } = name;

    /// <summary>The name without the overload's suffix: add__scalar is add, add___scalar is add_.</summary>
    public string PublicName { get; } = PublicNameOf(name);

    public IReadOnlyList<Parameter> Parameters { get; } = parameters;

    public string Documentation { get; } = documentation;

    private static string PublicNameOf(string name)
    {
        var at = name.IndexOf("__", 1, StringComparison.Ordinal);
        if (at < 0)
            return name;
        return at + 2 < name.Length && name[at + 2] == '_' ? name.Substring(0, at + 1) : name.Substring(0, at);
    }
}

/// <summary>A second public name for every overload of a first.</summary>
internal sealed class Alias(string name, string of)
{
    public string Name { get; } = name;

    public string Of { get; } = of;
}
