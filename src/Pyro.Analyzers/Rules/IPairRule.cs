using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>A rule about a guide and its model. Rules have no state: one instance serves all threads.</summary>
internal interface IPairRule
{
    DiagnosticDescriptor Descriptor { get; }

    void Check(GuidePair pair, Action<Diagnostic> report);
}
