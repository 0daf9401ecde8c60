using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>Calls: of primitives, of other programs, of functions that are known, and of all others.</summary>
internal sealed partial class BodyLowering
{
    private Expr LowerCall(InvocationExpressionSyntax call)
    {
        if (Primitive.Of(call, semantics, cancellation) is { } primitive)
            return LowerPrimitive(primitive);
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
            return LowerOpaque(call);
        if (Primitive.IsWeights(method))
            return LowerWeights(call, method);
        callers.Add((call.ArgumentList, method));
        if (method.ReducedFrom is { } extension && call.Expression is MemberAccessExpressionSyntax && IsFollowed(extension))
            return LowerExtensionCall(call, method, extension);
        // Which program an overridable method stands for is known when it is called.
        if (IsFollowed(method) && !IsDispatched(call, method))
            return LowerProgramCall(call, method);
        var isOfLibrary = LibraryPrograms.IsOne(method.ReducedFrom ?? method, shared.Compilation.Assembly);
        if (isOfLibrary && !IsDispatched(call, method) && LibraryPrograms.Of(method.ReducedFrom ?? method, shared.Compilation.Assembly) is { } library)
            return LowerLibraryCall(call, method, library);
        shared.Collector.HasDynamicSites |= isOfLibrary;

        shared.Collector.MayHaveOtherSites |= method.MethodKind == MethodKind.DelegateInvoke;
        ShareArguments(call, method);
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke)
            foreach (var argument in call.ArgumentList.Arguments)
            {
                if (!argument.RefKindKeyword.IsKind(SyntaxKind.None))
                    shared.Aliases.Refer([.. TargetOf(argument.Expression).Select(target => target.Name)]);
                if (method.MethodKind == MethodKind.DelegateInvoke)
                    Share(argument.Expression, [(VariableNames.Passed, semantics.GetTypeInfo(argument.Expression, cancellation).Type)]);
            }
        if (method.MethodKind == MethodKind.LocalFunction)
            return new Call(new Variable(shared.Names.Of(method)), Ordered(call, method).ToEquatableArray());
        var arguments = Arguments(call.ArgumentList.Arguments);
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return new Call(Lower(call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } invoke ? invoke.Expression : call.Expression),
                arguments.ToEquatableArray());

        var (receiver, isOwn) = ReceiverOf(call, method);
        var inputs = (receiver is not null ? [Lower(receiver)]
            : isOwn ? [new Variable(VariableNames.This)] : Array.Empty<Expr>()).Concat(arguments).ToEquatableArray();
        if (Operations.FunctionOf(method) is { } op)
            return new Operation(op, Operands(op, call, method, receiver, inputs));
        if (method.Name is "call" or "forward" && receiver is not null
            && Operations.OfModule(semantics.GetTypeInfo(receiver, cancellation).Type) is { } layer)
            // Of a layer with parameters its parameters are operands: the layer itself comes last.
            return new Operation(layer, (layer.IsElementwise ? inputs.Skip(1) : inputs.Skip(1).Append(inputs[0])).ToEquatableArray());
        // Other tensor functions are not looked into; they are pure as well, but for those that PyTorch marks with an underscore.
        if (IsTensorFunction(method) && !Operations.ChangesInPlace(method.Name))
            return new Opaque(call.ToString(), inputs, default);
        return LowerUnknown(call, method, receiver, isOwn, call.ArgumentList.Arguments, inputs);
    }

    // A method that is called by its name alone is one of this object's.
    private (ExpressionSyntax? Receiver, bool IsOwn) ReceiverOf(InvocationExpressionSyntax call, IMethodSymbol method) => (
        call.Expression is MemberAccessExpressionSyntax member && semantics.GetSymbolInfo(member.Expression, cancellation).Symbol is not INamespaceOrTypeSymbol
            ? member.Expression : null,
        call.Expression is SimpleNameSyntax && !method.IsStatic);

    // Whether a method is a program whose source is read with this one. An editor has the sources of other projects, whose programs are compiled there.
    private bool IsFollowed(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, shared.Compilation.Assembly) && ProgramNames.IsCompiled(method, cancellation);

    // What is not looked into may keep what it gets in each other, change it, and speak of static state.
    private Opaque LowerUnknown(
        ExpressionSyntax call, IMethodSymbol method, ExpressionSyntax? receiver, bool isOwn, IEnumerable<ArgumentSyntax> arguments, IEnumerable<Expr> inputs)
    {
        var effects = EffectsOf(method.ReducedFrom ?? method);
        ShareParts(receiver, arguments);
        var statics = Statics(effects);
        return new Opaque(call.ToString(), inputs.Concat(statics.Select(name => (Expr)new Variable(name))).ToEquatableArray(),
            MutableVariables(receiver, isOwn && effects?.ChangesObject != false, arguments, method, effects?.ChangesTensors == true)
                .Concat(statics).Distinct().ToEquatableArray());
    }

    private void ShareParts(ExpressionSyntax? receiver, IEnumerable<ArgumentSyntax> arguments)
    {
        ExpressionSyntax[] parts = [.. receiver is null ? [] : new[] { receiver }, .. arguments.Select(argument => argument.Expression)];
        for (var i = 0; i < parts.Length; i++)
            foreach (var root in Roots(parts[i]).ToList())
                foreach (var other in parts.Skip(i + 1))
                    Share(other, [root]);
    }

    private Effects? EffectsOf(ISymbol member)
    {
        shared.Collector.MayHaveOtherSites |= member is IMethodSymbol method && HiddenSites.MayBeIn(method, shared.Compilation.Assembly);
        if (Effects.Of(member, shared.Compilation, cancellation) is not { } effects)
            return null;
        shared.Sources.UnionWith(effects.Files);
        shared.Collector.MayHaveOtherSites |= effects.MayHaveSites;
        shared.Aliases.LookFor(effects);
        return effects;
    }

    private IReadOnlyList<string> Statics(Effects? effects) => effects is null ? [] : [.. effects.Statics.Select(shared.Names.Of)];

    // Tensors and numbers stand where they are computed with; what says how is named for its parameter.
    private static EquatableArray<Expr> Operands(
        Op op, InvocationExpressionSyntax call, IMethodSymbol method, ExpressionSyntax? receiver, EquatableArray<Expr> inputs)
    {
        // Arguments come in the order of the call; an extension method's receiver is its first parameter.
        var first = receiver is null ? 0 : 1;
        var operands = new List<(int Order, Expr Value)>();
        var matched = Matched(call, method).ToList();
        for (var i = 0; i < matched.Count; i++)
        {
            var parameter = matched[i].Parameter;
            var isOperand = parameter.Type.FullName().Contains(RuntimeNames.Tensor) || parameter.Type.TypeKind == TypeKind.Array
                || (op.TakesSizes && parameter.Type.SpecialType is SpecialType.System_Int64 or SpecialType.System_Int32)
                || (first == 0 && i == 0)
                || (op.IsElementwise && parameter.Type.SpecialType != SpecialType.System_Boolean && parameter.Type.TypeKind != TypeKind.Enum);
            operands.Add((parameter.Ordinal, isOperand && matched[i].Argument.NameColon is null
                ? inputs[first + i]
                : new Named(parameter.Name, inputs[first + i])));
        }
        return inputs.Take(first).Concat(operands.OrderBy(operand => operand.Order).Select(operand => operand.Value)).ToEquatableArray();
    }

    private static bool IsTensorFunction(IMethodSymbol method) =>
        method.ContainingType.FullName().StartsWith(RuntimeNames.TorchSharp, StringComparison.Ordinal);

    private Expr LowerPrimitive(Primitive primitive)
    {
        var arguments = Arguments(primitive.OtherArguments);
        edits?.Replace(primitive.Call.Expression, $"{edits.Context}.{primitive.Name}");
        if (primitive.Name is RuntimeNames.IArange or RuntimeNames.IRange)
            return LowerPlateCall(primitive, arguments);
        // A value with a name is the value.
        if (primitive.Name == RuntimeNames.Deterministic)
        {
            shared.Collector.Add(primitive.SiteName(semantics, cancellation));
            return arguments.FirstOrDefault() ?? new Opaque(primitive.Call.ToString(), default, default);
        }
        // The others keep their name as it is written: what they do at sites is known when they run.
        if (primitive.Name is not (RuntimeNames.Sample or RuntimeNames.Observe or RuntimeNames.Param or RuntimeNames.Factor))
        {
            shared.Collector.MayHaveOtherNames = true;
            shared.Collector.MayHaveOtherSites |= MayRunOthers(primitive);
            return new Opaque(primitive.Call.ToString(), arguments.ToEquatableArray(), default);
        }

        var name = primitive.SiteName(semantics, cancellation);
        if (name.Format.Length == 0)
        {
            shared.Collector.HasDynamicSites = true;
            Rename(primitive, "site", primitive.NameArgument.Expression.ToString());
            // A site that has no slot still passes on what reaches it.
            return new Opaque(primitive.Call.ToString(), arguments.ToEquatableArray(), default);
        }
        var kind = primitive.Name switch
        {
            // One whose value may be given is latent when it is not.
            RuntimeNames.Sample => SiteKind.Latent,
            RuntimeNames.Observe or RuntimeNames.Factor => SiteKind.Observed,
            _ => SiteKind.Param,
        };
        var distribution = kind == SiteKind.Param ? ParamDomain(primitive) : DistributionOf(primitive.Argument("distribution")?.Expression);
        var rounds = name.Indices.Select(place =>
            place is { } symbol && functions == 0 && loopIndices.TryGetValue(symbol, out var loop) ? loop : 0);
        var slot = shared.Collector.Slot(
            name.Format, kind, distribution, shared.PlatesAround, rounds.ToList(), SiteCollector.SpanOf(primitive.Call),
            mayBeGiven: kind == SiteKind.Latent && primitive.Argument(RuntimeNames.ObservedParameter) is not null);
        var handle = Member(shared.Collector.Sites[slot]);
        Rename(primitive, "site", name.Places.Length == 0 ? handle : $"{handle}.At({string.Join(", ", name.Places)})");
        return new SiteValue(slot, arguments.ToEquatableArray());
    }

    // A network whose parameters have priors, and a function over data that is not written at the call.
    private static bool MayRunOthers(Primitive primitive) => primitive.Name == RuntimeNames.RandomModule
        || (primitive.Name == RuntimeNames.MapData && primitive.Argument("body")?.Expression is not AnonymousFunctionExpressionSyntax);

    // The call that opens a block of weights; what happens inside of it is for the statement around.
    private Opening LowerWeights(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        edits?.Replace(call.Expression, $"{edits.Context}.{method.Name}");
        return new Opening(method.Name, Arguments(call.ArgumentList.Arguments).ToEquatableArray());
    }

    // The call that opens a plate; what happens inside of it is for the statement around.
    private Expr LowerPlateCall(Primitive primitive, IEnumerable<Expr> arguments)
    {
        if (primitive.SiteName(semantics, cancellation).Constant is { Length: > 0 } name)
        {
            var index = shared.Collector.Plate(name, primitive.Name == RuntimeNames.IArange);
            Rename(primitive, "plate", Member(shared.Collector.Plates[index]));
        }
        else
        {
            shared.Collector.MayHaveOtherNames = true;
            var vectorized = primitive.Name == RuntimeNames.IArange ? "true" : "false";
            Rename(primitive, "plate", $"new global::Pyro.Programs.Plate({primitive.NameArgument.Expression}, {vectorized})");
        }
        return new Opening(primitive.Name, arguments.ToEquatableArray());
    }

    private Expr LowerProgramCall(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var run = ProgramNames.RunMethod(ProgramNames.Suffix(method));
        if (method.IsStatic)
            edits?.Replace(call.Expression, StaticRun(method, call.SpanStart));
        else if (call.Expression is MemberAccessExpressionSyntax { Name: var name })
            edits?.Replace(name, run);
        else if (call.Expression is MemberBindingExpressionSyntax { Name: var bound })
            edits?.Replace(bound, run);
        else
            edits?.Replace(call.Expression, edits.IsTaken(run) ? "this." + run : run);
        edits?.Insert(call.ArgumentList.OpenParenToken.Span.End, call.ArgumentList.Arguments.Count == 0 ? edits.Context : edits.Context + ", ");

        ShareArguments(call, method);
        var receiver = call.Expression is MemberAccessExpressionSyntax { Expression: var target } && !method.IsStatic ? new[] { Lower(target) } : [];
        var callee = ProgramLowering.Callee(method, shared);
        // What a call of a program on another object reads of that object comes with the arguments.
        return new Call(new Variable(callee), Ordered(call, method).Concat(receiver).ToEquatableArray());
    }

    // The body of another program, by its name alone where that is its name here.
    private string StaticRun(IMethodSymbol method, int position)
    {
        var run = ProgramNames.RunMethod(ProgramNames.Suffix(method));
        return edits!.IsTaken(run) || !SymbolEqualityComparer.Default.Equals(semantics.GetEnclosingSymbol(position, cancellation)?.ContainingType, method.ContainingType)
            ? $"{method.ContainingType.ToMinimalDisplayString(semantics, position)}.{run}"
            : run;
    }

    // "x.Model(n)" of an extension method is Type.RunModel(context, x, n).
    private Expr LowerExtensionCall(InvocationExpressionSyntax call, IMethodSymbol method, IMethodSymbol extension)
    {
        var receiver = ((MemberAccessExpressionSyntax)call.Expression).Expression;
        edits?.Insert(receiver.SpanStart,
            $"{StaticRun(extension, call.SpanStart)}({edits.Context}, ");
        edits?.Replace(receiver.Span.End, call.ArgumentList.OpenParenToken.Span.End, call.ArgumentList.Arguments.Count == 0 ? "" : ", ");
        var parameters = (extension.PartialImplementationPart ?? extension).Parameters;
        Share(receiver, [(shared.Names.Of(parameters[0]), parameters[0].Type)]);
        foreach (var (argument, parameter) in Matched(call, method))
            Share(argument.Expression, [(shared.Names.Of(parameters[parameter.Ordinal + 1]), parameter.Type)]);
        var first = Lower(receiver);
        return new Call(new Variable(ProgramLowering.Callee(extension, shared)), Ordered(call, method).Prepend(first).ToEquatableArray());
    }

    // The call stays as it is written: the library's primitives find the run that its thread is in.
    private Call LowerLibraryCall(InvocationExpressionSyntax call, IMethodSymbol method, LibraryProgram program)
    {
        var (receiver, isOwn) = ReceiverOf(call, method);
        shared.Collector.Add(program);
        shared.Aliases.LookFor(program);
        ShareParts(receiver, call.ArgumentList.Arguments);
        var changed = MutableVariables(receiver, isOwn, call.ArgumentList.Arguments, method, program.ChangesTensors).Distinct().ToList();
        Expr target = receiver is not null ? Lower(receiver) : isOwn ? new Variable(VariableNames.This) : new Constant("no object");
        var arguments = Ordered(call, method);
        var function = LibraryFunctions.Of(program, method.ReducedFrom ?? method, changed, shared, SiteCollector.SpanOf(call));
        shared.Programs.Add(function.Name, function);
        // The object comes behind the arguments, but for an extension method, whose first argument it is.
        return new Call(new Variable(function.Name), (method.ReducedFrom is null ? arguments.Append(target) : arguments.Prepend(target)).ToEquatableArray());
    }

    private static bool IsDispatched(InvocationExpressionSyntax call, IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed)) && !method.ContainingType.IsSealed
        && call.Expression is not MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax };

    // The arguments in the order of the parameters, those left out as constants.
    private IEnumerable<Expr> Ordered(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var values = method.Parameters.Select(parameter => (Expr)Constant.Default(parameter.Name)).ToList();
        foreach (var (argument, parameter) in Matched(call, method))
            values[parameter.Ordinal] = values[parameter.Ordinal] is Constant
                ? Lower(argument.Expression)
                : new Items(Exprs(values[parameter.Ordinal], Lower(argument.Expression)));
        return values;
    }

    // A function whose body is known may change its arguments under its parameters' names.
    private void ShareArguments(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.LocalFunction && !IsFollowed(method))
            return;
        foreach (var (argument, parameter) in Matched(call, method))
            Share(argument.Expression, [(shared.Names.Of((method.PartialImplementationPart ?? method).Parameters[parameter.Ordinal]), parameter.Type)]);
    }

    private static IEnumerable<(ArgumentSyntax Argument, IParameterSymbol Parameter)> Matched(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            var named = arguments[i].NameColon?.Name.Identifier.ValueText;
            var parameter = named is null ? method.Parameters[Math.Min(i, method.Parameters.Length - 1)] : method.Parameters.FirstOrDefault(p => p.Name == named);
            if (parameter is not null)
                yield return (arguments[i], parameter);
        }
    }

    // What all distributions that the site may have agree in.
    private DistributionIr DistributionOf(ExpressionSyntax? expression)
    {
        var made = expression is null
            ? []
            : Constructions.Of(semantics.GetOperation(expression, cancellation), file => shared.Sources.Add(file));
        var known = made.Select(one => one.ToIr()).Distinct().ToList() is { Count: 1 } same ? same[0] : DistributionIr.Unknown;
        return known with { ValueType = ValueType(expression, made) };
    }

    // A distribution over values of any type gives the program those; ones of a type that generated members may not speak of are objects.
    private string? ValueType(ExpressionSyntax? expression, IReadOnlyList<Construction> made)
    {
        var types = made.Select(one => one.Creation.Type)
            .Append(expression is null ? null : semantics.GetTypeInfo(expression, cancellation).Type)
            .OfType<INamedTypeSymbol>()
            .Where(type => type.OriginalDefinition.FullName() == RuntimeNames.CategoricalOf)
            .Select(type => type.TypeArguments[0])
            .ToList();
        return types.Count == 0 ? null
            : types.All(type => SymbolEqualityComparer.Default.Equals(type, types[0]))
                && Visibility.Reaches(types[0], semantics.GetEnclosingSymbol(expression!.SpanStart, cancellation)!.ContainingType)
                    ? types[0].ToMinimalDisplayString(semantics, expression!.SpanStart) : "object";
    }

    // A parameter's support is its constraint, as the source names it.
    private DistributionIr ParamDomain(Primitive primitive) => DistributionIr.Unknown with
    {
        EventRank = 0,
        Support = primitive.Argument("constraint")?.Expression is { } constraint
            && semantics.GetSymbolInfo(constraint, cancellation).Symbol is { } symbol ? symbol.Name : "Real",
    };

    private string Member(SiteIr site) => $"{ProgramNames.SitesClass(classes)}.{site.Member}";

    private string Member(PlateIr plate) => $"{ProgramNames.PlatesClass(classes)}.{plate.Member}";

    private void Rename(Primitive primitive, string parameter, string value) =>
        edits?.Replace(primitive.NameArgument, primitive.NameArgument.NameColon is null ? value : $"{parameter}: {value}");
}
