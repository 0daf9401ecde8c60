using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Rules;
using Pyro.Testing.Diagnostics;

namespace Pyro.Analyzers.Tests;

/// <summary>A method with four times as many sites, each of which depends on the one before, takes each rule about four times as long.</summary>
public sealed class LinearWorkTests
{
    private const int Short = 400, Long = 1600, Times = 8;

    // Sixteen for work that grows with the square; four for work that is linear, and some for what a processor's caches do not hold.
    private const double Most = 9;

    // Less than this is not measured well, and no one waits for it.
    private static readonly TimeSpan _nothing = TimeSpan.FromMilliseconds(60);

    public static IEnumerable<string> Rules => Rule.All<Rule>().Where(rule => rule is IProgramRule or IPairRule).Select(rule => rule.Descriptor.Id);

    private static readonly Lazy<Func<(ProgramType, GuidePair)>> _short = new(() => Chain(Short)), _long = new(() => Chain(Long));

    [TestCaseSource(nameof(Rules))]
    public void Rule_OnAChainOfSites_TakesTimeLinearInItsLength(string id)
    {
        var rule = Rule.All<Rule>().Single(rule => rule.Descriptor.Id == id);
        Work(rule, _short.Value);
        var (shorter, longer) = (TimeSpan.MaxValue / Most, TimeSpan.MaxValue);
        // A collection of garbage, or a neighbour on the same core, is in the time of some tries and not of all.
        for (var tries = 0; tries < Times && longer >= _nothing && longer >= Most * shorter; tries++)
            (shorter, longer) = (Least(shorter, Work(rule, _short.Value)), Least(longer, Work(rule, _long.Value)));
        Assert.That(longer, Is.LessThan(_nothing).Or.LessThan(Most * shorter), $"{shorter} for {Short} sites");
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>The processor time of this thread that a rule takes.</summary>
    private static TimeSpan Work(Rule rule, Func<(ProgramType Type, GuidePair Pair)> chain)
    {
        var (type, pair) = chain();
        var start = Processor();
        if (rule is IProgramRule one)
            foreach (var program in type.Programs)
                one.Check(program, type, Ignore);
        if (rule is IPairRule both)
            both.Check(pair, Ignore);
        return Processor() - start;
    }

    private static void Ignore(Microsoft.CodeAnalysis.Diagnostic diagnostic)
    {
    }

    private static TimeSpan Processor() => OperatingSystem.IsLinux()
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e3)
        : TimeSpan.FromTicks(System.Diagnostics.Stopwatch.GetTimestamp() * TimeSpan.TicksPerSecond / System.Diagnostics.Stopwatch.Frequency);

    /// <summary>A model and a guide of so many sites, read anew at each call: nothing is remembered from the last.</summary>
    private static Func<(ProgramType, GuidePair)> Chain(int length)
    {
        string Lines(Func<int, string> line) => string.Join("\n", Enumerable.Range(0, length).Select(line));
        var source = Source.Pair(
            Lines(i => $"""var z{i} = Sample("z{i}", new Normal({(i == 0 ? "0f" : $"z{i - 1}")}, 1f));""") + $"""Observe("x", new Normal(z{length - 1}, 1f), x);""",
            Lines(i => $"""Sample("z{i}", new Normal(Param("m{i}", 0f), 1f));"""));
        var project = TestProject.Create([source], TestProject.References("Pyro.Runtime", "TorchSharp"), Verify.Usings);
        var compilation = project.GetCompilationAsync().GetAwaiter().GetResult()!;
        var tree = compilation.SyntaxTrees.Last();
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First();
        return () =>
        {
            var type = new ProgramType(RuntimeSymbols.In(compilation)!, compilation.GetSemanticModel(tree).GetDeclaredSymbol(method)!.ContainingType);
            // What Roslyn binds, and its own graph, are not the rules' work.
            foreach (var program in type.Programs)
                Assert.That(program.Flow, Is.Not.Null);
            return (type, type.Pairs.Single());
        };
    }
}
