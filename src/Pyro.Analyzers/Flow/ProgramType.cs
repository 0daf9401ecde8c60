using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers.Flow;

/// <summary>The bodies of a type that contains models or guides, and of its base types where they are asked for.</summary>
internal sealed class ProgramType(RuntimeSymbols symbols, INamedTypeSymbol? type = null)
{
    private readonly ConcurrentDictionary<IMethodSymbol, MethodBody> _bodies = new(SymbolEqualityComparer.Default);

    public RuntimeSymbols Symbols { get; } = symbols;

    /// <summary>The models and guides of the type, in the order of the text.</summary>
    public IEnumerable<MethodBody> Programs => _bodies.Values
        .Where(body => Symbols.Programs.IsProgram(body.Method) && !IsInherited(body.Method))
        .OrderBy(body => body.Body.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal)
        .ThenBy(body => body.Body.Syntax.SpanStart);

    /// <summary>The guides of the type with the models that they are for, where those have their bodies here and there is no doubt which is meant.</summary>
    public IEnumerable<GuidePair> Pairs =>
        from guide in Programs
        let attribute = Symbols.Programs.GuideAttribute(guide.Method)
        let name = attribute is null ? null : ProgramSymbols.ModelName(attribute)
        where name is not null
        let models = Symbols.Programs.Models(guide.Method.ContainingType, name)
        where models.Count == 1
        let model = Body(models[0].OriginalDefinition)
        where model is not null
        select new GuidePair(guide, Sites.Of(guide, this), model, Sites.Of(model, this), Symbols);

    public void Add(MethodBody body) => _bodies.TryAdd(body.Method, body);

    /// <summary>The body that a call of a method runs; null where it is of another type, or may be overridden in one.</summary>
    public MethodBody? Body(IMethodSymbol method)
    {
        var definition = method.OriginalDefinition;
        if (definition.IsVirtual || definition.IsAbstract || (definition.IsOverride && !definition.IsSealed && !definition.ContainingType.IsSealed))
            return null;
        definition = definition.PartialImplementationPart ?? definition;
        return _bodies.TryGetValue(definition, out var body) ? body
            : IsInherited(definition) && MethodBody.Read(definition, Symbols) is { } inherited ? _bodies.GetOrAdd(definition, inherited)
            : null;
    }

    private bool IsInherited(IMethodSymbol method)
    {
        for (var level = type?.BaseType; level is not null; level = level.BaseType)
            if (SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, method.ContainingType))
                return true;
        return false;
    }
}
