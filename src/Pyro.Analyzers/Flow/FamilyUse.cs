using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Flow;

/// <summary>A place that gives a family its arguments: a construction, or one of the static forms, which need no object.</summary>
internal static class FamilyUse
{
    /// <summary>The family and the arguments; null where an operation gives none.</summary>
    public static (Family Family, ImmutableArray<IArgumentOperation> Arguments)? Of(IOperation operation) => operation switch
    {
        IObjectCreationOperation construction when Family.Of(construction.Type) is { } made => (made, construction.Arguments),
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "LogProb" or "LogPdf" or "Sample" } form } call
            when Family.Of(form.ContainingType) is { } of => (of, call.Arguments),
        _ => null,
    };
}
