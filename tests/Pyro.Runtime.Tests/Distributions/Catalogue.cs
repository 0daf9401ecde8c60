using Pyro.Distributions;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Every family there is: the forms that the files of Families have.</summary>
internal static class Catalogue
{
    /// <summary>All forms, in the order of their names.</summary>
    public static IReadOnlyList<Family> All { get; } =
    [
        .. typeof(Catalogue).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IFamilyForms)))
            .SelectMany(type => ((IFamilyForms)Activator.CreateInstance(type)!).Forms).OrderBy(form => form.Name, StringComparer.Ordinal),
    ];

    /// <summary>The forms over numbers.</summary>
    public static IReadOnlyList<Family> Univariate { get; } = [.. All.Where(form => form.Ranges.Count > 0)];

    /// <summary>The forms of each class.</summary>
    public static ILookup<Type, Family> ByClass { get; } = All.ToLookup(form => form.Example().GetType());

    /// <summary>The classes of distributions that the library has.</summary>
    public static IReadOnlyList<Type> Classes { get; } =
        [.. typeof(Distribution).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Distribution)) && !type.IsAbstract)];

    /// <summary>The form of a name.</summary>
    public static Family Find(string name) => All.Single(form => form.Name == name);
}
