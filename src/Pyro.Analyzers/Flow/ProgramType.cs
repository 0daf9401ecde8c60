using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers.Flow;

/// <summary>The bodies of a type that contains models or guides, and of its base types, each read where it is asked for.</summary>
internal sealed class ProgramType(RuntimeSymbols symbols, INamedTypeSymbol? type = null)
{
    private readonly Dictionary<IMethodSymbol, MethodBody?> _bodies = new(SymbolEqualityComparer.Default);

    public RuntimeSymbols Symbols { get; } = symbols;

    /// <summary>The models and guides of the type, in the order of the text.</summary>
    public IEnumerable<MethodBody> Programs => (type?.GetMembers() ?? [])
        .OfType<IMethodSymbol>()
        .Where(Symbols.Programs.IsProgram)
        .Select(Written)
        .OfType<MethodBody>()
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

    public void Add(MethodBody body) => _bodies[body.Method] = body;

    /// <summary>The body that a call of a method runs; null where it is of another type, or may be overridden in one.</summary>
    public MethodBody? Body(IMethodSymbol method)
    {
        var definition = method.OriginalDefinition;
        if (definition.IsVirtual || definition.IsAbstract || (definition.IsOverride && !definition.IsSealed && !definition.ContainingType.IsSealed))
            return null;
        return Written(definition);
    }

    private MethodBody? Written(IMethodSymbol definition)
    {
        definition = definition.PartialImplementationPart ?? definition;
        if (!_bodies.TryGetValue(definition, out var body) && IsOfType(definition))
            _bodies.Add(definition, body = MethodBody.Read(definition, Symbols));
        return body;
    }

    private bool IsOfType(IMethodSymbol method)
    {
        for (var level = type; level is not null; level = level.BaseType)
            if (SymbolEqualityComparer.Default.Equals(level.OriginalDefinition, method.ContainingType))
                return true;
        return false;
    }
}
