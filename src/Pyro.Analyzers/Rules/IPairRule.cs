using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>A rule about a guide and its model.</summary>
internal interface IPairRule
{
    void Check(GuidePair pair, Action<Diagnostic> report);
}
