using System.Globalization;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Pyro.Testing.Execution;

/// <summary>
/// Runs the fixtures of an assembly, and the tests of each fixture, in an order that follows from the environment variable PYRO_TEST_SEED, an integer. Without it, in
/// the order of their names. The seed is printed.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ShuffledAttribute : TestActionAttribute, IApplyToTest
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "PYRO_TEST_SEED";

    private static int? Seed => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <inheritdoc/>
    public override ActionTargets Targets => ActionTargets.Suite;

    /// <inheritdoc/>
    public void ApplyToTest(Test test)
    {
        if (Seed is { } seed)
            Shuffle(test, new Random(seed));
    }

    /// <inheritdoc/>
    public override void BeforeTest(ITest test)
    {
        if (Seed is { } seed)
        {
            using var error = new StreamWriter(Console.OpenStandardError());
            error.WriteLine($"{test.Name}: {Variable}={seed}");
        }
    }

    private static void Shuffle(Test suite, Random random)
    {
        var order = Enumerable.Range(0, suite.Tests.Count).ToArray();
        random.Shuffle(order);
        // By name: the order in which types are found may differ between builds.
        foreach (var (child, position) in suite.Tests.Cast<Test>().OrderBy(child => child.FullName, StringComparer.Ordinal).Zip(order))
        {
            child.Properties.Set(PropertyNames.Order, position);
            Shuffle(child, random);
        }
    }
}
