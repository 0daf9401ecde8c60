namespace Pyro.Analyzers.Tests.Params;

/// <summary>PYRO061: one parameter has two initial values or constraints.</summary>
public sealed class ParamTwiceTests
{
    [Theory]
    [InlineData("""Param("a", 1f); Param("a", {|PYRO061:2f|});""")]
    [InlineData("""Param("a", 1f, Constraints.Positive); {|PYRO061:Param("a", 1f)|};""")]
    [InlineData("""Param("a", 1f, Constraints.Positive); Param("a", 1f, {|PYRO061:Constraints.UnitInterval|});""")]
    [InlineData("""Sample("a", new Normal(Param("m", zeros(3)), 1f)); Sample("b", new Normal(Param("m", {|PYRO061:ones(3)|}), 1f));""")]
    public Task Fires_on_the_later_of_two(string body) => Verify.Diagnostics(Source.Model(body));

    [Theory]
    [InlineData("""Param("a", 1f); Param("a", 1f); Param("a");""")]
    [InlineData("""Param("a", 1f, Constraints.Positive); Param("a");""")]
    [InlineData("""Param("a", x); Param("a", y);""")]
    [InlineData("""for (var i = 0; i < n; i++) Param($"a_{i}", 1f); Param("a", 2f);""")]
    public Task Silent_where_they_are_the_same_or_not_known(string body) => Verify.Diagnostics(Source.Model(body));
}
