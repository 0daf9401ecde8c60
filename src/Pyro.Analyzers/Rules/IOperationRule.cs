using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers.Rules;

/// <summary>A rule about a construction or a call, wherever it is.</summary>
internal interface IOperationRule
{
    void Check(IOperation operation, Action<Diagnostic> report);
}
