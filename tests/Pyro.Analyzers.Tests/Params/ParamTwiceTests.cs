namespace Pyro.Analyzers.Tests.Params;

/// <summary>PYRO061: one parameter has two initial values or constraints.</summary>
public sealed class ParamTwiceTests
{
    [TestCase("""Param("a", 1f); Param("a", {|PYRO061:2f|});""")]
    [TestCase("""Param("a", 1f, Constraints.Positive); {|PYRO061:Param("a", 1f)|};""")]
    [TestCase("""Param("a", 1f, Constraints.Positive); Param("a", 1f, {|PYRO061:Constraints.UnitInterval|});""")]
    [TestCase("""Sample("a", new Normal(Param("m", zeros(3)), 1f)); Sample("b", new Normal(Param("m", {|PYRO061:ones(3)|}), 1f));""")]
    public Task Fires_on_the_later_of_two(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""Param("a", 1f); Param("a", 1f); Param("a");""")]
    [TestCase("""Param("a", 1f, Constraints.Positive); Param("a");""")]
    [TestCase("""Param("a", x); Param("a", y);""")]
    [TestCase("""for (var i = 0; i < n; i++) Param($"a_{i}", 1f); Param("a", 2f);""")]
    public Task Silent_where_they_are_the_same_or_not_known(string body) => Verify.Diagnostics(Source.Model(body));
}
