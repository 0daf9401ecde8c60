using System.Globalization;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>A program of a referenced assembly, by what the attributes of its generated class say.</summary>
/// <param name="Name">Its name, for people: type and method.</param>
/// <param name="Sites">Its sites, in the order of its table.</param>
/// <param name="ResultSites">The names of the sites whose values can reach the result directly.</param>
/// <param name="ResultArguments">The names of the parameters that can reach the result past all sites.</param>
/// <param name="ThrowSites">The names of the sites whose values can decide directly whether it ends with an exception.</param>
/// <param name="ThrowArguments">The names of the parameters that can decide it past all sites.</param>
/// <param name="HasDynamicSites">Whether it has sites whose names are known only at run time.</param>
/// <param name="MayHaveOtherSites">Whether it may have sites in methods that its compiler did not follow.</param>
/// <param name="OtherNames">Names of plates without sites, and of values without a density.</param>
/// <param name="MayHaveOtherNames">Whether it may have other names, such as those of a module's parameters.</param>
/// <param name="ChangesTensors">Whether it changes tensors in place.</param>
public sealed record LibraryProgram(
    string Name, IReadOnlyList<LibrarySite> Sites, IReadOnlyList<string> ResultSites, IReadOnlyList<string> ResultArguments,
    IReadOnlyList<string> ThrowSites, IReadOnlyList<string> ThrowArguments, bool HasDynamicSites,
    bool MayHaveOtherSites, IReadOnlyList<string> OtherNames, bool MayHaveOtherNames, bool ChangesTensors);

/// <summary>A site of a program of a referenced assembly.</summary>
/// <param name="Name">The name: a constant, or for a family a composite format over its numbers.</param>
/// <param name="Places">How many numbers the names of a family have; 0 for a single site.</param>
/// <param name="Kind">What happens there.</param>
/// <param name="Distribution">What is known of its distribution.</param>
/// <param name="Plates">The plates around it in its program, outermost first.</param>
/// <param name="Sites">The names of the sites that can reach it directly.</param>
/// <param name="Arguments">The names of the parameters that can reach it past all sites; <c>this</c> for the object of the call.</param>
/// <param name="IsCertain">Whether every run of its program has it.</param>
/// <param name="MayBeGiven">Whether its program may give its value, where it is latent.</param>
public sealed record LibrarySite(
    string Name, int Places, SiteKind Kind, DistributionIr Distribution, IReadOnlyList<PlateIr> Plates,
    IReadOnlyList<string> Sites, IReadOnlyList<string> Arguments, bool IsCertain, bool MayBeGiven)
{
    /// <summary>The name with <c>{}</c> in place of each number, as <see cref="SiteName.Key"/> has it.</summary>
    public string Key { get; } = Places == 0 ? Name : string.Format(CultureInfo.InvariantCulture, Name, [.. Enumerable.Repeat((object)"{}", Places)]);
}
