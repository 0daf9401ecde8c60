namespace Pyro.Analyzers.Tests.Effects;

/// <summary>PYRO070: a model is not a function of its arguments and its sites.</summary>
public sealed class NotAFunctionTests
{
    [TestCase("""Observe("o", new Normal({|PYRO070:randn(3)|}, 1f), y);""")]
    [TestCase("""if ({|PYRO070:Random.Shared|}.Next(2) == 0) Sample("z", new Normal(0f, 1f));""")]
    [TestCase("""var hour = {|PYRO070:DateTime.Now|}.Hour; Sample("z", new Normal(hour, 1f));""")]
    [TestCase("""{|PYRO070:count++|}; Sample("z", new Normal(0f, 1f));""")]
    [TestCase("""var text = {|PYRO070:File.ReadAllText("data")|}; Sample("z", new Normal(text.Length, 1f));""")]
    [TestCase("""Sample("z", new Normal({|PYRO070:count|}, 1f));""")]
    [TestCase("""Sample("z", new Normal({|PYRO070:Width|} + 1, 1f));""")]
    [TestCase("""{|PYRO070:count = n|}; Sample("z", new Normal(0f, 1f));""")]
    [TestCase("""Observe("o", new Normal({|PYRO070:Rng.NextSingle()|}, 1f), y);""")]
    [TestCase("""Observe("o", new Normal({|PYRO070:x.bernoulli()|}, 1f), y);""")]
    [TestCase("""Observe("o", new Normal({|PYRO070:zeros(3).normal_()|}, 1f), y);""")]
    [TestCase("""Observe("o", new Normal({|PYRO070:new Normal(0f, 1f).Sample()|}, 1f), y);""")]
    [TestCase("""Observe("o", new Normal({|PYRO070:Normal.Sample(0f, 1f)|}, 1f), y);""")]
    [TestCase("""Observe("o", new Normal({|PYRO070:Environment.GetEnvironmentVariable("S")|}!.Length, 1f), y);""")]
    [TestCase("""Console.WriteLine({|PYRO070:System.Diagnostics.Stopwatch.StartNew()|}); Sample("z", new Normal(0f, 1f));""")]
    public Task Fires_on_what_changes_between_runs(string body) => Verify.Diagnostics(Source.Model(body, "    private static readonly Random Rng = new(1);\n    public static int count;\n    private static int Width { get; set; } = 1;"));

    [TestCase("""var w = Param("w", randn(3)); Sample("z", new Normal(w, 1f));""")]
    [TestCase("""var start = randn(3); var w = Param("w", () => start); Sample("z", new Normal(w, 1f));""")]
    [TestCase("""var z = Sample("z", new Normal(zeros(3), ones(3))); Console.WriteLine(z);""")]
    [TestCase("""var count = 0; count++; Sample("z", new Normal(count, 1f));""")]
    [TestCase("""Sample("z", new Normal(Fixed, Known)); Console.WriteLine(nameof(Fixed));""")]
    public Task Silent_on_initial_values_and_on_what_is_its_own(string body) =>
        Verify.Diagnostics(Source.Model(body, "    public static readonly float Fixed = 1f;\n    private const float Known = 1f;"));

    [Test]
    public Task Fires_in_what_the_program_calls() => Verify.Diagnostics(Source.Model(
        """Observe("o", new Normal(Noise(), Param("s", Start(), Constraints.Positive)), y);""",
        """
            private static Tensor Noise() => {|PYRO070:randn(3)|};

            private static Tensor Start() => rand(3);

            public static Tensor Data() => randn(100);
        """));
}
