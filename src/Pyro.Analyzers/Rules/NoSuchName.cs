using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Uses;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO013: names that no site, parameter, plate or value of the programs has that something is made of, where those are known to the last name.</summary>
internal sealed class NoSuchName() : Rule(
    "PYRO013",
    DiagnosticSeverity.Warning,
    "No site has this name",
    "'{0}' is no name in {1}{2}",
    "Handlers, traces and posteriors find sites by name. One that the program does not have is ignored, or an error when it runs.",
    WellKnownDiagnosticTags.CompilationEnd), IUseRule
{
    /// <summary>Property of the diagnostic: the name that was probably meant.</summary>
    public const string NearName = nameof(NearName);

    public void Check(CompilationUses uses, Action<Diagnostic> report, CancellationToken cancellation)
    {
        ProgramType? all = null;
        foreach (var use in uses.Names)
        {
            if (Origin.Of(use.Subject, uses.Symbols) is not { Count: > 0 } programs)
                continue;
            all ??= All(uses.Bodies, uses.Symbols);
            if (programs.Select(program => Names(program, all)).ToArray() is var names && names.Any(known => known is null))
                continue;
            var keys = names.SelectMany(known => known!).Distinct().ToArray();
            if (!keys.Any(key => SiteName.MayBeSame(key, use.Name)))
                report(Create(use, keys, programs));
        }
    }

    private Diagnostic Create(NameUse use, IEnumerable<string> keys, IEnumerable<IMethodSymbol> programs)
    {
        var near = keys.Where(key => !SiteName.IsPattern(key)).Select(key => (Key: key, Distance: Spelling.Distance(key, use.Name)))
            .OrderBy(key => key.Distance)
            .Where(key => key.Distance <= Math.Max(1, use.Name.Length / 3)).Select(key => key.Key).FirstOrDefault();
        return Diagnostic.Create(
            Descriptor,
            use.Syntax.GetLocation(),
            near is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(NearName, near),
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
    private static IEnumerable<string>? Names(IMethodSymbol program, ProgramType all)
    {
        if (LibraryPrograms.Of(program, all.Symbols.Programs.Compilation.Assembly) is { } library)
            return LibraryCall.Names(library);
        if (all.Body(program) is not { } body || Sites.Of(body, all) is not { AreComplete: true } sites || sites.Calls.Any(call => call.Name.Key is null))
            return null;
        var called = sites.Libraries.Select(call => LibraryCall.Names(call.Program)).ToArray();
        return called.Any(names => names is null) ? null : sites.Calls.Select(call => call.Name.Key!).Concat(called.SelectMany(names => names!));
    }
}
