namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO026: a guide observes.</summary>
public sealed class ObserveInGuideTests
{
    [Theory]
    [InlineData("""{|PYRO026:Observe|}("y", new Normal(0f, 1f), x);""")]
    [InlineData("""if (flag) Primitives.{|PYRO026:Observe|}("y", new Normal(0f, 1f), x);""")]
    public Task Fires_on_the_call(string guide) => Verify.Diagnostics(Source.Pair("""Observe("y", new Normal(0f, 1f), x);""", guide));

    [Fact]
    public Task Silent_in_a_model() => Verify.Diagnostics(Source.Model("""Observe("y", new Normal(0f, 1f), y);"""));
}
