using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>A rule about one model or guide.</summary>
internal interface IProgramRule
{
    void Check(MethodBody program, ProgramType type, Action<Diagnostic> report);
}
