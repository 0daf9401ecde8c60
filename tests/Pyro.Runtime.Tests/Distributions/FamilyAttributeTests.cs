using System.Reflection;
using Pyro.Distributions;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>The attributes of each class, which the compiler and the analyzers read, say what its objects are.</summary>
public class FamilyAttributeTests
{
    // What these are, the distributions or samples that they are made of decide.
    private static readonly Type[] s_composed = [typeof(Empirical), typeof(Mixture), typeof(TransformedDistribution)];

    public static IEnumerable<string> Names => Catalogue.ByClass.Select(forms => forms.Key).Except(s_composed).Select(type => type.Name);

    [TestCaseSource(nameof(Names))]
    public void Attributes_OfAClass_AreWhatItsObjectsSay(string name)
    {
        var example = Catalogue.ByClass.Single(forms => forms.Key.Name == name).First().Example();
        var said = example.GetType().GetCustomAttribute<FamilyAttribute>();
        Assert.That(said, Is.Not.Null);
        Assert.That((said!.EventRank, said.Reparameterized), Is.EqualTo((example.EventRank, example.Reparameterized)));
        if (said.Support.Length > 0)
            Assert.That((said.Support, said.Enumerable), Is.EqualTo((example.Support.Name.Split('(')[0], example.Enumerable)));
        else
            Assert.That(said.Discrete, Is.EqualTo(example.Support.IsDiscrete));
        var declared = example.GetType().GetConstructors().SelectMany(constructor => constructor.GetParameters()).ToLookup(parameter => parameter.Name);
        Assert.That(declared.Contains(example.Parameters[0].Name), Is.True);
        foreach (var parameter in example.Parameters.Where(parameter => declared.Contains(parameter.Name)))
            Assert.That(
                declared[parameter.Name].Select(same => same.GetCustomAttribute<DomainAttribute>()?.Constraint), Has.Member(parameter.Constraint.Name), parameter.Name);
    }
}
