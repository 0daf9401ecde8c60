namespace Pyro.Compiler.Rules;

/// <summary>Where the page of a diagnostic lies.</summary>
internal static class HelpLinks
{
    private const string Pages = "https://github.com/ProbCompiler/ProbCompiler/blob/main/docs/diagnostics/";

    /// <summary>The address of the page that explains a diagnostic: cause, wrong example, right example.</summary>
    public static string To(string id) => Pages + id + ".md";
}
