using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Uses;

namespace Pyro.Analyzers.Rules;

/// <summary>A rule about all that a compilation does with programs.</summary>
internal interface IUseRule
{
    void Check(CompilationUses uses, Action<Diagnostic> report, CancellationToken cancellation);
}
