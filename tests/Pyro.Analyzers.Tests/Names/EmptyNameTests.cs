namespace Pyro.Analyzers.Tests.Names;

/// <summary>PYRO014: a name is empty.</summary>
public sealed class EmptyNameTests
{
    [TestCase("""Sample({|PYRO014:""|}, new Normal(0f, 1f));""")]
    [TestCase("""Observe({|PYRO014:"" + ""|}, new Normal(0f, 1f), x);""")]
    [TestCase("""const string Nothing = ""; Param({|PYRO014:Nothing|}, 0f);""")]
    [TestCase("""Sample({|PYRO014:string.Empty|}, new Normal(0f, 1f));""")]
    [TestCase("""foreach (var i in IRange({|PYRO014:""|}, n)) Sample($"x_{i}", new Normal(0f, 1f));""")]
    public Task Fires_on_the_name(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public Task Silent_on_names() => Verify.Diagnostics(Source.Model("""Sample(" ", new Normal(0f, 1f)); Sample($"{n}", new Normal(0f, 1f));"""));

    [Test]
    public async Task Names_what_it_is() => Assert.That(
        await Verify.Message(Source.Model("""using (IArange({|PYRO014:""|}, n)) Console.Write(n);""")),
        Is.EqualTo("The name of a plate must not be empty"));
}
