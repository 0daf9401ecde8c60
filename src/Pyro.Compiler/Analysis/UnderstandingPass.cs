using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Analysis;

/// <summary>What of each density the compiler does not look into, and what in it is the same in every step and could be computed once.</summary>
internal static class UnderstandingPass
{
    /// <summary>The program with that said of its densities.</summary>
    public static ProgramIr Run(ProgramIr program)
    {
        var arguments = new HashSet<string>(program.Parameters.Select(parameter => parameter.Name.TrimStart('@')));
        return program with
        {
            Densities = program.Densities.Select(density =>
            {
                var parts = new[] { density.Distribution, density.Observed }.OfType<Expr>().ToList();
                return density with
                {
                    Opaque = parts.SelectMany(Unknown).Distinct().ToEquatableArray(),
                    OnceForAll = parts.SelectMany(part => Fixed(part, arguments)).Distinct().ToEquatableArray(),
                };
            }).ToEquatableArray(),
        };
    }

    // The outermost unknown of each part: what it is made of is inside.
    private static IEnumerable<string> Unknown(Expr value) => value switch
    {
        Opaque opaque => [opaque.CSharp],
        Creation { IsFamily: false } creation => [$"new {creation.Type}"],
        Form { Name: var form } when char.IsLetter(form[0]) => [form],
        // The initial value of a parameter is a function that runs once.
        Lambda => [],
        _ => value.Operands().SelectMany(Unknown),
    };

    // The largest expressions of arguments and constants that compute something; what only selects or reshapes costs nothing.
    private static IEnumerable<Expr> Fixed(Expr value, ISet<string> arguments) => IsFixed(value, arguments)
        ? Computes(value) ? [value] : []
        : value.Operands().SelectMany(operand => Fixed(operand, arguments));

    private static bool IsFixed(Expr value, ISet<string> arguments) => value switch
    {
        Constant => true,
        Variable variable => arguments.Contains(variable.Name),
        Operation or Cast or Member or Element or Named or Items => value.Operands().All(operand => IsFixed(operand, arguments)),
        _ => false,
    };

    private static bool Computes(Expr value) =>
        (value is Operation { Op: var op } && !op.Is(Traits.View) && value.Operands().Any(Reads)) || value.Operands().Any(Computes);

    private static bool Reads(Expr value) => value is Variable || value.Operands().Any(Reads);
}
