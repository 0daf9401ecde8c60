using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Tests;

/// <summary>The edges of small programs, each exactly; "@1" says that it never leads from one round of the outermost loop to another.</summary>
public class DependencyTests
{
    public static IEnumerable<TestCaseData<string, string, string>> Programs() =>
    [
        new("a chain", """
            var a = Sample("a", new Normal(0, 1));
            var b = Sample("b", new Normal(a, 1));
            Observe("c", new Normal(b, 1), data);
            """, "a>b b>c"),
        new("a value that is overwritten", """
            var x = Sample("a", new Normal(0, 1));
            x = Sample("b", new Normal(0, 1));
            Observe("c", new Normal(x, 1), data);
            """, "b>c"),
        new("a branch on a latent", """
            var a = Sample("a", new Bernoulli(0.5));
            if (a.item<float>() > 0)
                Sample("b", new Normal(0, 1));
            Sample("c", new Normal(0, 1));
            """, "a>b"),
        new("an early return on a latent", """
            var a = Sample("a", new Bernoulli(0.5));
            if (a.item<float>() > 0)
                return;
            Sample("c", new Normal(0, 1));
            """, "a>c"),
        new("a value from one of two branches", """
            var a = Sample("a", new Normal(0, 1));
            var b = Sample("b", new Normal(0, 1));
            var x = n > 1 ? a : b;
            Observe("c", new Normal(x, 1), data);
            """, "a>c b>c"),
        new("a loop that carries a value", """
            var z = Sample("z", new Normal(0, 1));
            for (var t = 0; t < n; t++)
            {
                z = Sample($"z_{t}", new Normal(z, 1));
                Observe($"x_{t}", new Normal(z, 1), data);
            }
            """, "z>z_{0} z_{0}>z_{0} z_{0}>x_{0}@1"),
        new("a block of weights", """
            var a = Sample("a", new Gamma(1, 1));
            var b = Sample("b", new Normal(0, 1));
            using (Scale(a))
                Observe("c", new Normal(b, 1), data);
            Observe("d", new Normal(b, 1), data);
            """, "a>c b>c b>d"),
        new("weights for the rest of a block", """
            var a = Sample("a", new Normal(0, 1));
            using var scope = Mask(data.gt(a));
            Sample("b", new Normal(0, 1));
            """, "a>b"),
        new("a factor for a block", """
            var a = Sample("a", new Normal(0, 1));
            using (Scale(0.3f))
                Sample("b", new Normal(0, 1));
            """, ""),
        new("a reference", """
            var values = new float[2];
            ref var second = ref values[1];
            second = Sample("a", new Normal(0, 1)).item<float>();
            Sample("b", new Normal(values[0], 1));
            Sample("c", new Normal(n, 1));
            """, "a>b"),
        new("what a local function gives by out", """
            Draw(out var a);
            Sample("c", new Normal(a, 1));
            Sample("d", new Normal(n, 1));
            void Draw(out Tensor value) => value = Sample("a", new Normal(0, 1));
            """, "a>c"),
        new("an iterator", """
            var first = Sample("a", new Normal(0, 1));
            foreach (var x in Values())
                Observe("y", new Normal(x, 1), data);
            Sample("c", new Normal(n, 1));
            System.Collections.Generic.IEnumerable<Tensor> Values() { yield return first; yield return Sample("b", new Normal(0, 1)); }
            """, "a>y b>y@1"),
        new("a plate", """
            var mu = Sample("mu", new Normal(0, 1));
            using (IArange("data", n))
                Observe("x", new Normal(mu, 1), data);
            """, "mu>x"),
        new("a plate whose size is drawn", """
            var k = Sample("k", new Bernoulli(0.5));
            foreach (var i in IRange("data", k.item<int>()))
                Sample($"x_{i}", new Normal(0, 1));
            """, "k>x_{0}"),
        new("a list that an unknown call fills", """
            var a = Sample("a", new Normal(0, 1));
            var list = new System.Collections.Generic.List<Tensor>();
            list.Add(a);
            Observe("b", new Normal(list[0], 1), data);
            """, "a>b"),
        new("an element that is assigned", """
            var xs = new Tensor[2];
            xs[0] = Sample("a", new Normal(0, 1));
            xs[1] = Sample("b", new Normal(0, 1));
            Observe("c", new Normal(xs[0], 1), data);
            """, "a>c b>c"),
        new("a switch expression", """
            var a = Sample("a", new Bernoulli(0.5));
            var b = a.item<int>() switch { 0 => Sample("b", new Normal(0, 1)), _ => Sample("c", new Normal(0, 1)) };
            Observe("d", new Normal(b, 1), data);
            """, "a>b a>c a>d b>d c>d"),
        new("a function that captures", """
            var a = Sample("a", new Normal(0, 1));
            System.Func<Tensor> f = () => a + 1;
            Observe("b", new Normal(f(), 1), data);
            """, "a>b"),
        new("a local function that captures", """
            var a = Sample("a", new Normal(0, 1));
            Tensor Twice() => a * 2;
            Observe("b", new Normal(Twice(), 1), data);
            """, "a>b"),
        new("a break on a latent", """
            for (var t = 0; t < n; t++)
            {
                if (Sample($"stop_{t}", new Bernoulli(0.5)).item<float>() > 0)
                    break;
                Sample($"x_{t}", new Normal(0, 1));
            }
            Sample("after", new Normal(0, 1));
            """, "stop_{0}>stop_{0} stop_{0}>x_{0}"),
        new("a continue on a latent skips the rest of its own round alone", """
            foreach (var t in IRange("t", n))
            {
                if (Sample($"skip_{t}", new Bernoulli(0.5)).item<float>() > 0)
                    continue;
                Sample($"x_{t}", new Normal(0, 1));
            }
            Sample("after", new Normal(0, 1));
            """, "skip_{0}>x_{0}@1"),
        new("a count of rounds until a break", """
            var count = 0;
            for (var t = 0; t < n; t++)
            {
                count++;
                if (Sample($"stop_{t}", new Bernoulli(0.5)).item<float>() > 0)
                    break;
            }
            Sample("after", new Normal(count, 1));
            """, "stop_{0}>stop_{0} stop_{0}>after"),
        new("independent rounds", """
            foreach (var i in IRange("data", n))
            {
                var z = Sample($"z_{i}", new Normal(0, 1));
                Observe($"x_{i}", new Normal(z, 1), data[i]);
            }
            """, "z_{0}>x_{0}@1"),
        new("rounds of rounds", """
            for (var i = 0; i < n; i++)
            {
                var row = Sample($"row_{i}", new Normal(0, 1));
                for (var j = 0; j < n; j++)
                    Sample($"cell_{i}_{j}", new Normal(row, 1));
            }
            """, "row_{0}>cell_{0}_{1}@1"),
        new("a chain in the inner loop that starts anew in each outer round", """
            for (var i = 0; i < n; i++)
            {
                var z = zeros([]);
                for (var j = 0; j < n; j++)
                    z = Sample($"z_{i}_{j}", new Normal(z, 1));
            }
            """, "z_{0}_{1}>z_{0}_{1}@1"),
        new("values of a loop in the next loop", """
            var z = new Tensor[n];
            for (var i = 0; i < n; i++)
                z[i] = Sample($"z_{i}", new Normal(0, 1));
            for (var i = 0; i < n; i++)
                Sample($"x_{i}", new Normal(z[i], 1));
            """, "z_{0}>x_{0}"),
        new("a switch on a latent ends where it ends", """
            switch (Sample("k", new Binomial(2, 0.5)).item<int>())
            {
                case 0: Sample("zero", new Normal(0, 1)); break;
                case 1: Sample("one", new Normal(0, 1)); break;
            }
            Sample("after", new Normal(0, 1));
            """, "k>zero k>one"),
        new("a return inside a switch", """
            switch (Sample("k", new Binomial(2, 0.5)).item<int>())
            {
                case 0: return;
            }
            Sample("after", new Normal(0, 1));
            """, "k>after"),
        new("a local function on two arguments", """
            var a = Sample("a", new Normal(0, 1));
            var b = Sample("b", new Normal(0, 1));
            Sample("c", new Normal(Twice(a), 1));
            Sample("d", new Normal(Twice(b), 1));
            static Tensor Twice(Tensor x) => x * 2;
            """, "a>c b>d"),
        new("a function that returns early", """
            var a = Sample("a", new Bernoulli(0.5));
            Sample("b", new Normal(Pick(), 1));
            Sample("c", new Normal(0, 1));
            float Pick() { if (a.item<float>() > 0) return 1; return 2; }
            """, "a>b"),
        new("a recursion that carries its argument", """
            var a = Sample("a", new Normal(0, 1));
            Sample("b", new Normal(Power(a, n), 1));
            static Tensor Power(Tensor x, int k) => k == 0 ? ones([]) : x * Power(x, k - 1);
            """, "a>b"),
        new("a variable that a called lambda sets", """
            var kept = zeros([]);
            System.Action<Tensor> keep = x => kept = x;
            Sample("b", new Normal(kept, 1));
            keep(Sample("a", new Normal(0, 1)));
            Sample("c", new Normal(kept, 1));
            """, "a>c"),
        new("two names of one list", """
            var one = new System.Collections.Generic.List<Tensor>();
            var other = one;
            Sample("b", new Normal(one.Count, 1));
            other.Add(Sample("a", new Normal(0, 1)));
            Sample("c", new Normal(one[0], 1));
            """, "a>c"),
        new("tensors that share memory matter only where one is changed in place", """
            var all = zeros(2);
            var first = all[0];
            first = Sample("a", new Normal(0, 1));
            Sample("b", new Normal(all.sum(), 1));
            """, ""),
        new("scopes that call two variables the same", """
            { var x = Sample("a", new Normal(0, 1)); Sample("b", new Normal(x, 1)); }
            { var x = Sample("c", new Normal(0, 1)); Sample("d", new Normal(x, 1)); }
            """, "a>b c>d"),
        new("a swap", """
            var (x, y) = (Sample("a", new Normal(0, 1)), Sample("b", new Normal(0, 1)));
            (x, y) = (y, x);
            Sample("c", new Normal(x, 1));
            Sample("d", new Normal(y, 1));
            """, "a>d b>c"),
        new("a value that only the first way overwrites", """
            var x = Sample("a", new Normal(0, 1));
            if (n > 1)
                x = Sample("b", new Normal(0, 1));
            Sample("c", new Normal(x, 1));
            """, "a>c b>c"),
        new("a handler of an exception", """
            try { if (Sample("a", new Bernoulli(0.5)).item<float>() > 0) throw new System.Exception(); }
            catch (System.Exception) { Sample("b", new Normal(0, 1)); }
            """, "a>b"),
        new("a helper changes nothing but what it says that it changes", """
            var a = Sample("a", new Normal(0, 1));
            var x = data;
            Observe("b", new Normal(Mean(x, a), 1), data);
            Observe("c", new Normal(Mean(x, x), 1), data);
            """, "a>b"),
        new("a query reads", """
            var a = Sample("a", new Normal(0, 1)).item<float>();
            var numbers = new[] { 1f, 2f };
            var sum = numbers.Select(number => number * a).Sum();
            Observe("b", new Normal(sum, 1), data);
            Observe("c", new Normal(numbers[0], 1), data);
            """, "a>b"),
        new("two lists", """
            var one = new List<Tensor>();
            var other = new List<Tensor>();
            one.Add(Sample("a", new Normal(0, 1)));
            other.Add(Sample("b", new Normal(0, 1)));
            Observe("c", new Normal(one[0], 1), data);
            Observe("d", new Normal(other[0], 1), data);
            """, "a>c b>d"),
        new("two functions as values", """
            var a = Sample("a", new Normal(0, 1));
            var w = Sample("w", new Normal(0, 1));
            Func<Tensor, Tensor> f = x => x * w;
            Func<Tensor, Tensor> g = x => x + 1;
            var fa = f(a);
            Observe("b", new Normal(fa, 1), data);
            Observe("c", new Normal(g(data), 1), data);
            Observe("d", new Normal(f(data), 1), data);
            """, "a>b w>b w>d"),
        new("static state that helpers speak of", """
            Keep(Sample("a", new Normal(0, 1)));
            Observe("b", new Normal(kept, 1), data);
            Last = Sample("c", new Normal(0, 1));
            Observe("d", new Normal(Kept(), 1), data);
            """, "a>b a>d c>d"),
        new("an assignment to a member of what may not be there", """
            Box? box = new() { Next = new() };
            box?.Value = Sample("a", new Normal(0, 1));
            box?.Next?.Value = Sample("b", new Normal(0, 1));
            Observe("c", new Normal(box!.Value + 1, 1), data);
            """, "a>b a>c b>c"),
        new("an event", """
            var seen = data;
            void See(Tensor value) => seen = value;
            Drawn += See;
            Drawn?.Invoke(Sample("a", new Normal(0, 1)));
            Observe("b", new Normal(seen, 1), data);
            """, "a>b"),
        new("what a handler can find", """
            var x = Sample("a", new Normal(0, 1));
            try { x = Sample("b", new Normal(0, 1)); x = data; }
            catch (InvalidOperationException) { Observe("c", new Normal(x, 1), data); }
            Observe("d", new Normal(data, 1), data);
            """, "a>c b>c"),
        new("what runs in any case, after a return", """
            var x = data;
            try { x = Sample("a", new Normal(0, 1)); return; }
            finally { Observe("c", new Normal(x, 1), data); }
            """, "a>c"),
        new("parameters", """
            var loc = Param("loc", 0);
            Sample("a", new Normal(loc, Param("scale", 1)));
            """, "loc>a scale>a"),
    ];

    [TestCaseSource(nameof(Programs))]
    public void Edges_are_exactly_the_expected_ones(string what, string body, string expected)
    {
        var program = Lower($"[Model] public static void Model(Tensor data, int n) {{ {body} }}");
        var edges = program.Edges.Select(edge =>
            $"{program.Sites[edge.From].Name}>{program.Sites[edge.To].Name}{(edge.SameRounds > 0 ? "@" + edge.SameRounds : "")}");
        Assert.That(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet().SetEquals(edges), Is.True, $"{what}: {string.Join(" ", edges)}");
    }

    [Test]
    public void The_sites_of_a_called_program_are_among_the_callers()
    {
        var program = Lower("""
            [Model] public static Tensor Prior(float scale) => Sample("mu", new Normal(0, scale));
            [Model] public static void Model(Tensor data) { var mu = Prior(2f); Observe("x", new Normal(mu, 1), data); }
            """);
        Assert.That(program.Sites.Select(site => site.Name), Is.EqualTo(["mu", "x"]));
        Assert.That(program.Edges, Is.EqualTo([new Edge(0, 1, 0)]));
    }

    [Test]
    public void Equal_text_gives_equal_programs()
    {
        const string text = """[Model] public static void Model(Tensor data) { foreach (var i in IRange("d", 3)) Observe($"x_{i}", new Normal(0, 1), data); }""";
        var program = Lower(text);
        Assert.That(Lower(text), Is.EqualTo(program));
        Assert.That(Lower(text.Replace("x_", "y_")), Is.Not.EqualTo(program));
    }

    /// <summary>A class with what the bodies of <see cref="Programs"/> speak of.</summary>
    internal static string Class(string name, string members) => $$"""
        public static partial class {{name}}
        {
            private static Tensor kept = zeros(0);
            private sealed class Box { public Tensor Value = zeros(0); public Box? Next; }
            private static event Action<Tensor>? Drawn;
            private static Tensor Last { get => kept; set => kept = value; }
            private static void Keep(Tensor value) => kept = value;
            private static Tensor Kept() => Last;
            private static Tensor Mean(Tensor one, Tensor other) => one + other;
            {{members}}
        }
        """;

    private static ProgramIr Lower(string members)
    {
        var tree = CSharpSyntaxTree.ParseText($$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using Pyro;
            using Pyro.Distributions;
            using static Pyro.Primitives;
            using static TorchSharp.torch;
            {{Class("Models", members)}}
            """, new CSharpParseOptions(LanguageVersion.Preview));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Programs", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.That(compilation.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error), Is.Empty);
        var method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Last();
        var symbol = (IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(method)!;
        return ProgramCompiler.Compile(symbol, compilation, default, out _)!;
    }
}
