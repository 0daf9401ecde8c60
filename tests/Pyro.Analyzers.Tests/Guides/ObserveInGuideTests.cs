namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO026: a guide observes.</summary>
public sealed class ObserveInGuideTests
{
    [TestCase("""{|PYRO026:Observe|}("y", new Normal(0f, 1f), x);""")]
    [TestCase("""if (flag) Primitives.{|PYRO026:Observe|}("y", new Normal(0f, 1f), x);""")]
    public Task Fires_on_the_call(string guide) => Verify.Diagnostics(Source.Pair("""Observe("y", new Normal(0f, 1f), x);""", guide));

    [Test]
    public Task Silent_in_a_model() => Verify.Diagnostics(Source.Model("""Observe("y", new Normal(0f, 1f), y);"""));
}
