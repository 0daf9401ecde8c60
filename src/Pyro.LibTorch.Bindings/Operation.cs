using System.Text.RegularExpressions;

namespace Pyro.LibTorch.Bindings;

/// <summary>One line of the operation table.</summary>
internal sealed class Operation
{
    private static readonly Regex Regular = new(@"^(UNARY|UNARY_NEW|BINARY|BINARY_NEW|COMPARE)\((\w+), ""(.*)""\)\s*$");
    private static readonly Regex Irregular = new(@"^(OP|DO)\((\w+), \(([^)]*)\),");

    private Operation(string kind, string name, string parameters, string summary) =>
        (Kind, Name, Parameters, Summary) = (kind, name, parameters, summary);

    /// <summary>The macro: the class of signatures that the operation belongs to.</summary>
    internal string Kind { get; }

    internal string Name { get; }

    /// <summary>The parameters of an irregular operation as the table writes them: "T self, I dim".</summary>
    internal string Parameters { get; }

    /// <summary>The documentation of a regular operation.</summary>
    internal string Summary { get; }

    internal static IEnumerable<Operation> Parse(string table)
    {
        foreach (var line in table.Split('\n'))
        {
            if (Regular.Match(line) is { Success: true } regular)
                yield return new Operation(regular.Groups[1].Value, regular.Groups[2].Value, "", regular.Groups[3].Value);
            else if (Irregular.Match(line) is { Success: true } irregular)
                yield return new Operation(irregular.Groups[1].Value, irregular.Groups[2].Value, irregular.Groups[3].Value, "");
        }
    }
}
