using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pyro.Compiler.Catalog;
using Pyro.Distributions;
using Pyro.Testing.Generation;
using static TorchSharp.torch;
using Constraint = Pyro.Compiler.Catalog.Constraint;

namespace Pyro.Compiler.Tests;

/// <summary>
/// What the compiler and the analyzers read from the class of each distribution is what its attributes say; tests of the runtime hold these
/// against its objects.
/// </summary>
public class FamilyTests
{
    private static readonly Type[] _classes =
        [.. typeof(Distribution).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Distribution)) && !type.IsAbstract)];

    private static readonly Dictionary<string, double> _bounds =
        new() { ["lower"] = -1.5, ["upper"] = 4, ["count"] = 4, ["total"] = 4 };

    private static readonly CSharpCompilation _runtime = GeneratorHarness.Compile();

    public static IEnumerable<string> Names() => _classes.Select(type => type.Name);

    private static INamedTypeSymbol Class(Type type) => _runtime.GetTypeByMetadataName(type.FullName!)!;

    [TestCaseSource(nameof(Names))]
    public void Family_OfAClass_IsWhatItsAttributesSay(string name)
    {
        var type = _classes.Single(type => type.Name == name);
        if (type.GetCustomAttribute<FamilyAttribute>() is not { } said)
        {
            Assert.That(Family.Of(Class(type)), Is.Null);
            return;
        }
        var family = Family.Of(Class(type))!;
        Assert.That(
            (family.Support, family.EventRank, family.Reparameterized, family.Enumerable, family.MeanField),
            Is.EqualTo((said.Support, said.EventRank, said.Reparameterized, said.Enumerable, said.MeanField)));
        Assert.That(family.IsDiscrete == true, Is.EqualTo(said.Support.Length > 0 ? Made(said.Support).IsDiscrete : said.Discrete));
        foreach (var same in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).ToLookup(parameter => parameter.Name!))
        {
            var known = family.Parameters.Single(parameter => parameter.Name == same.Key);
            var domain = same.Select(parameter => parameter.GetCustomAttribute<DomainAttribute>()).FirstOrDefault(domain => domain is not null);
            Assert.That(known.Domain, Is.EqualTo(domain?.Constraint), same.Key);
            Assert.That(known.Initial ?? double.NaN, Is.EqualTo(domain?.Initial ?? double.NaN), same.Key);
        }
    }

    [Test]
    public void Constraint_OfEachMember_HasItsNumbers()
    {
        Assert.Multiple(() =>
        {
            foreach (var member in Class(typeof(Constraints)).GetMembers().Where(member => member.DeclaredAccessibility == Accessibility.Public
                && (member is IPropertySymbol { Type.Name: nameof(Distributions.Constraint) } or IMethodSymbol { MethodKind: MethodKind.Ordinary, ReturnType.Name: nameof(Distributions.Constraint) })))
            {
                var declared = Constraint.Of(member, parameter => _bounds[parameter.Name]);
                Assert.That(declared, Is.Not.Null, member.Name);
                var made = Made(member.Name);
                Assert.That((declared!.Rank, declared.IsDiscrete), Is.EqualTo((made.EventRank, made.IsDiscrete)), member.Name);
                Assert.That(declared.Words, Does.Not.Contain("{"), member.Name);
                if (declared.Rank == 0)
                    foreach (var number in new[] { -4, -Math.PI, -1.5, -0.5, 0, 0.5, 1, 2, 3, 3.5, 4, 5 })
                        Assert.That(declared.Contains(number), Is.EqualTo(made.Check(tensor(number, float64)).item<bool>()), $"{number} in {member.Name}");
            }
        });
    }

    private static Distributions.Constraint Made(string name)
    {
        var (lower, upper) = (tensor(_bounds["lower"], float64), tensor(_bounds["upper"], float64));
        return name switch
        {
            nameof(Constraints.Interval) => Constraints.Interval(_bounds["lower"], _bounds["upper"]),
            nameof(Constraints.GreaterThan) => Constraints.GreaterThan(_bounds["lower"]),
            nameof(Constraints.LessThan) => Constraints.LessThan(_bounds["upper"]),
            nameof(Constraints.AtLeast) => Constraints.AtLeast(lower),
            nameof(Constraints.Above) => Constraints.Above(lower),
            nameof(Constraints.Between) => Constraints.Between(lower, upper),
            nameof(Constraints.IntegersUpTo) => Constraints.IntegersUpTo(upper),
            nameof(Constraints.IntegersBelow) => Constraints.IntegersBelow((long)_bounds["count"]),
            nameof(Constraints.Counts) => Constraints.Counts(upper),
            _ => (Distributions.Constraint)typeof(Constraints).GetProperty(name)!.GetValue(null)!,
        };
    }
}
