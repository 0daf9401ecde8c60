using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Ir;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO024: a site that lies in more vectorised plates, or whose event has more dimensions, in one of model and guide than in the other. Plates are compared by number,
/// not by name, and only where every scope around the site is seen to be one.
/// </summary>
internal sealed class PlatesDiffer() : Rule(
    "PYRO024",
    DiagnosticSeverity.Warning,
    "Plates or events of a site differ between guide and model",
    "Site '{0}' {1} in the guide and {2} in the model",
    "A site is one random choice in both programs: its plates and the dimensions of its event give its shape and the scale of its "
        + "density, so they must agree."), IPairRule
{
    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        foreach (var site in pair.Guide.Primitives)
            if (site is not { Kind: PrimitiveKind.Sample, Name.Constant: { } name } || !pair.ModelSites.AreComplete)
                continue;
            else if (pair.ModelSites.InLibraries(name).ToArray() is { Length: > 0 } called)
            {
                // Plates are not compared: a function of the library may be called in others than it is written in.
                if (called.Length == 1 && called[0] is { Kind: SiteKind.Latent, Places: 0, Distribution.EventRank: { } there }
                    && !pair.ModelSites.Named(name).Any() && !IsPoint(site) && site.EventRank is { } here && here != there)
                    report(Diagnostic.Create(Descriptor, site.Verb, name, Words(here), Words(there)));
            }
            else if (pair.ModelSites.Named(name).Where(call => call.Name.Constant == name).ToArray() is { Length: 1 } counterparts
                && counterparts[0] is { Kind: PrimitiveKind.Sample } counterpart
                && pair.Model.Has(counterpart)
                && Difference(site, counterpart, pair) is { } difference)
                report(Diagnostic.Create(Descriptor, site.Verb, name, difference.Here, difference.There));
    }

    private static (string Here, string There)? Difference(PrimitiveCall site, PrimitiveCall counterpart, GuidePair pair) =>
        Around(site, pair.Guide) is { } here && Around(counterpart, pair.Model) is { } there && here.Count != there.Count ? (Words(here), Words(there))
        // A point stands for an event of any kind.
        : !IsPoint(site) && site.EventRank is { } own && counterpart.EventRank is { } other && own != other ? (Words(own), Words(other))
        : null;

    private static bool IsPoint(PrimitiveCall site) => site.Argument("distribution") is { } distribution
        && distribution.DescendantsAndSelf().OfType<IObjectCreationOperation>().Any(construction => construction.Type?.Name == "Delta");

    private static string Words(int rank) => rank switch
    {
        0 => "has single numbers for events",
        1 => "has vectors for events",
        _ => $"has events of {rank} dimensions",
    };

    private static string Words(IReadOnlyList<string> plates) =>
        plates.Count == 0 ? "lies in no plate" : $"lies in {(plates.Count == 1 ? "plate" : "plates")} {string.Join(", ", plates)}";

    /// <summary>The vectorised plates around a site, outermost first; null where something around it may be one, or the site is in a function of its own.</summary>
    private static IReadOnlyList<string>? Around(PrimitiveCall site, MethodBody body)
    {
        var plates = new List<string>();
        for (IOperation inner = site.Operation; inner.Parent is { } outer; inner = outer)
            switch (outer)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation:
                    return null;
                case IUsingOperation scope when !ReferenceEquals(scope.Resources, inner):
                    if (!Add(scope.Resources))
                        return null;
                    break;
                case IBlockOperation block:
                    foreach (var declaration in Statements.Before(block, inner).OfType<IUsingDeclarationOperation>().Reverse())
                        if (!Add(declaration.DeclarationGroup))
                            return null;
                    break;
            }
        plates.Reverse();
        return plates;

        bool Add(IOperation resources)
        {
            foreach (var value in resources is IVariableDeclarationGroupOperation group
                ? group.Declarations.SelectMany(d => d.Declarators).Reverse().Select(d => d.GetVariableInitializer()?.Value) : [resources])
                if (body.Primitive(Bare(value)) is { Kind: PrimitiveKind.IArange, Name.Constant: { } name })
                    plates.Add($"'{name}'");
                else
                    return false;
            return true;
        }
    }

    private static IOperation? Bare(IOperation? value) => value is IConversionOperation conversion ? Bare(conversion.Operand) : value;
}
