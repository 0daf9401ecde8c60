namespace Pyro.Analyzers.Tests.Inference;

/// <summary>PYRO042: enumeration is asked of a site with infinite support.</summary>
public sealed class InfiniteEnumerationTests
{
    [TestCase("""Sample("z", new Poisson(2f), new SiteOptions { {|PYRO042:Enumerate = Enumerate.LockStep|} });""")]
    [TestCase("""Sample("z", new Normal(0f, 1f), new SiteOptions { {|PYRO042:Enumerate = Enumerate.LockStep|} });""")]
    [TestCase("""Sample("z", new Poisson(x).ToEvent(1), new SiteOptions { {|PYRO042:Enumerate = Enumerate.Full|} });""")]
    [TestCase("""var o = new SiteOptions { {|PYRO042:Enumerate = Enumerate.Full|} }; Sample("z", new Geometric(0.5f), o);""")]
    [TestCase("""Sample("z", new Dirichlet(x), options: new() { {|PYRO042:Enumerate = Enumerate.Full|} });""")]
    public Task Fires_on_the_option(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""Sample("z", new Bernoulli(0.5f), new SiteOptions { Enumerate = Enumerate.LockStep });""")]
    [TestCase("""Sample("z", new Poisson(2f), new SiteOptions { Enumerate = Enumerate.No });""")]
    [TestCase("""Sample("z", new Poisson(2f), new SiteOptions { Enumerate = null });""")]
    public Task Silent_where_the_values_have_an_end(string body) => Verify.Diagnostics(Source.Model(body));
}
