using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Rules;

/// <summary>PYRO02x: what a guide must have in common with its model.</summary>
public static class GuideRules
{
    /// <summary>Property of PYRO020: the name of the missing site.</summary>
    public const string SiteName = nameof(SiteName);

    /// <summary>Property of PYRO020: the family that a mean-field guide has for the site, by its full name.</summary>
    public const string Family = nameof(Family);

    /// <summary>PYRO020: the guide gives no value to a latent site of its model.</summary>
    public static readonly DiagnosticDescriptor SiteMissingInGuide = new(
        "PYRO020",
        "A latent site of the model has no counterpart in the guide",
        "Guide '{0}' lacks the latent site '{1}' of its model '{2}'{3}",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A guide approximates the posterior of all latent sites of its model: for each it samples a site of the same name, whenever the model does.",
        helpLinkUri: HelpLinks.To("PYRO020"));

    /// <summary>PYRO021: the guide samples what the model does not.</summary>
    public static readonly DiagnosticDescriptor SiteMissingInModel = new(
        "PYRO021",
        "A site of the guide does not exist in the model",
        "Model '{0}' has no latent site '{1}'",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A guide samples values for the latent sites of its model, and nothing reads any other, unless it is marked as auxiliary.",
        helpLinkUri: HelpLinks.To("PYRO021"));

    /// <summary>PYRO022: the guide proposes values that the model gives no density.</summary>
    public static readonly DiagnosticDescriptor SupportOutsideModel = new(
        "PYRO022",
        "The support of the guide is not inside that of the model",
        "Site '{0}' may be outside the model's support: {1} gives any value that is {2}, {3} wants one that is {4}",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Where the guide has mass and the model has none, the log density of the model is minus infinity, and so is the ELBO.",
        helpLinkUri: HelpLinks.To("PYRO022"));

    /// <summary>PYRO023: a guide's density against a model's mass, or the reverse.</summary>
    public static readonly DiagnosticDescriptor DiscreteAgainstContinuous = new(
        "PYRO023",
        "The guide is discrete where the model is continuous, or the reverse",
        "Site '{0}' is {1} in the guide ({2}) and {3} in the model ({4})",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A probability mass and a density have no ratio, so the ELBO of such a pair means nothing. A Delta guide is a point estimate, and allowed.",
        helpLinkUri: HelpLinks.To("PYRO023"));

    /// <summary>PYRO025: model and guide run on the same arguments.</summary>
    public static readonly DiagnosticDescriptor ParametersDiffer = new(
        "PYRO025",
        "The parameters of the guide differ from those of its model",
        "Guide '{0}' must have the parameters of its model '{1}': ({2})",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Inference runs the guide and its model on the same arguments, so both programs have one type of arguments.",
        helpLinkUri: HelpLinks.To("PYRO025"));

    /// <summary>PYRO026: data belong into the model.</summary>
    public static readonly DiagnosticDescriptor ObserveInGuide = new(
        "PYRO026",
        "A guide observes",
        "Guide '{0}' must not observe: data belong into its model",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A guide is a distribution over the latent sites that can be sampled from and scored; an observation in it would enter the ELBO with the wrong sign.",
        helpLinkUri: HelpLinks.To("PYRO026"));

    /// <summary>PYRO027: the name in [Guide] is a model's.</summary>
    public static readonly DiagnosticDescriptor ModelNotFound = new(
        "PYRO027",
        "The guide names no model",
        "Type '{0}' has no [Model] method named '{1}'",
        Categories.Guides,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "A guide is written for one model, a [Model] method of the same type or a base type, and names it in its attribute.",
        helpLinkUri: HelpLinks.To("PYRO027"));

    /// <summary>PYRO024: a site lies in other plates in the guide.</summary>
    public static readonly DiagnosticDescriptor ShapesDiffer = new(
        "PYRO024",
        "Plates or events of a site differ between guide and model",
        "Site '{0}' {1} in the guide and {2} in the model",
        Categories.Guides,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A site is one random choice in both programs: its plates and the dimensions of its event give its shape and the scale of its density, so they must agree.",
        helpLinkUri: HelpLinks.To("PYRO024"));
}
