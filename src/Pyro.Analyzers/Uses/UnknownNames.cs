using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Uses;

/// <summary>PYRO013: names that no site, parameter, plate or value of the programs has that something is made of, where those are known to the last name.</summary>
internal static class UnknownNames
{
    public static void Check(IEnumerable<NameUse> uses, IReadOnlyDictionary<IMethodSymbol, IOperation> bodies, RuntimeSymbols symbols, Action<Diagnostic> report)
    {
        ProgramType? all = null;
        foreach (var use in uses)
        {
            if (Origin.Of(use.Subject, symbols) is not { Count: > 0 } programs)
                continue;
            all ??= All(bodies, symbols);
            if (programs.Select(program => Names(program, all)).ToArray() is var names && names.Any(known => known is null))
                continue;
            var keys = names.SelectMany(known => known!).Distinct().ToArray();
            if (!keys.Any(key => SiteName.MayBeSame(key, use.Name)))
                report(Create(use, keys, programs));
        }
    }

    private static Diagnostic Create(NameUse use, IEnumerable<string> keys, IEnumerable<IMethodSymbol> programs)
    {
        var near = keys.Where(key => !key.Contains("{}")).Select(key => (Key: key, Distance: Spelling.Distance(key, use.Name))).OrderBy(key => key.Distance)
            .Where(key => key.Distance <= Math.Max(1, use.Name.Length / 3)).Select(key => key.Key).FirstOrDefault();
        return Diagnostic.Create(
            NameRules.NoSuchName,
            use.Syntax.GetLocation(),
            near is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(NameRules.NearName, near),
            use.Name,
            string.Join(", ", programs.Select(program => $"'{program.Name}'")),
            near is null ? "" : $"; did you mean '{near}'?");
    }

    private static ProgramType All(IReadOnlyDictionary<IMethodSymbol, IOperation> bodies, RuntimeSymbols symbols)
    {
        var all = new ProgramType(symbols);
        foreach (var body in bodies)
            all.Add(new MethodBody(body.Key, body.Value, symbols, () => Microsoft.CodeAnalysis.FlowAnalysis.ControlFlowGraph.Create((IBlockOperation)body.Value)));
        return all;
    }

    /// <summary>All names of a program; null where there may be others.</summary>
    private static IEnumerable<string>? Names(IMethodSymbol program, ProgramType all) =>
        all.Body(program) is { } body && Sites.Of(body, all) is { AreComplete: true } sites && sites.Calls.All(call => call.Name.Key is not null)
            ? sites.Calls.Select(call => call.Name.Key!)
            : null;
}
