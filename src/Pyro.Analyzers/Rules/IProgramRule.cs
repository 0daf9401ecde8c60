using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>A rule about one model or guide. Rules have no state: one instance serves all threads.</summary>
internal interface IProgramRule
{
    DiagnosticDescriptor Descriptor { get; }

    void Check(MethodBody program, ProgramType type, Action<Diagnostic> report);
}
