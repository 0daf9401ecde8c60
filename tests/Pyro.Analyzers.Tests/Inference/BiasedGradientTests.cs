namespace Pyro.Analyzers.Tests.Inference;

/// <summary>PYRO041: a reparameterised latent decides.</summary>
public sealed class BiasedGradientTests
{
    private const string Guide = """Sample("z", new Normal(0f, 1f));""", Latent = """var z = Sample("z", new Normal(0f, 1f)); """;

    [Theory]
    [InlineData("""if ({|PYRO041:z.item<float>() > 0|}) Observe("o", new Normal(0f, 1f), x);""")]
    [InlineData("""Observe("o", new Normal({|PYRO041:z.round()|}, 1f), x);""")]
    [InlineData("""var m = {|PYRO041:z.item<float>() < 1|} ? 1f : 2f; Observe("o", new Normal(m, 1f), x);""")]
    public Task Fires_on_the_decision(string rest) => Verify.Diagnostics(Source.Pair(Latent + rest, Guide));

    [Theory]
    [InlineData("""Observe("o", new Normal(z.tanh(), 1f), x);""")]
    [InlineData("""if (z.item<float>() > 9) Console.WriteLine("far out"); Observe("o", new Normal(z, 1f), x);""")]
    [InlineData("""if (n > 0) Observe("o", new Normal(z, 1f), x);""")]
    public Task Silent_where_it_decides_no_site(string rest) => Verify.Diagnostics(Source.Pair(Latent + rest, Guide));

    [Fact]
    public Task Silent_without_a_guide() => Verify.Diagnostics(Source.Model(Latent + """if (z.item<float>() > 0) Observe("o", new Normal(0f, 1f), x);"""));
}
