using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>A name that every run of a method uses.</summary>
/// <param name="name">The name.</param>
/// <param name="isParam">Whether it is a parameter's, which a run may use again.</param>
internal sealed class CertainName(SiteName name, bool isParam)
{
    public SiteName Name { get; } = name;

    public bool IsParam { get; } = isParam;
}
