namespace Pyro.Analyzers.Tests.Names;

/// <summary>PYRO012: a name cannot be known at compile time.</summary>
public sealed class UnknownNameTests
{
    [TestCase("""foreach (var name in new[] { "a", "b" }) Sample({|PYRO012:name|}, new Normal(0f, 1f));""")]
    [TestCase("""Observe({|PYRO012:Environment.MachineName|}, new Normal(0f, 1f), y);""")]
    public Task Fires_on_a_name_from_elsewhere(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""Sample("a" + "b", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample($"a_{i}", new Normal(0f, 1f));""")]
    [TestCase("""const string name = "a"; Sample(name, new Normal(0f, 1f));""")]
    public Task Silent_where_it_is_known(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public Task Fix_marks_the_method() => Verify.FixAll("PYRO012", Text("[Model]", true), Text("[Model(Dynamic = true)]", false));

    private static string Text(string attribute, bool marked)
    {
        var name = marked ? "{|PYRO012:name|}" : "name";
        return $$"""
            public static partial class Models
            {
                {{attribute}}
                public static void Model(string[] names)
                {
                    foreach (var name in names)
                    {
                        Sample({{name}}, new Normal(0f, 1f));
                    }
                }
            }
            """;
    }
}
