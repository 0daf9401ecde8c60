using System.Reflection;
using System.Reflection.Emit;

namespace Pyro.Testing;

/// <summary>Which namespaces of an assembly know which, by signatures, fields and the code of methods.</summary>
public static class Arrows
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> _codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>The arrows between different rooms, each with a member that draws it.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="room">The room of a type; null for one that is in none.</param>
    public static IReadOnlyDictionary<(string From, string To), string> Between(Assembly assembly, Func<Type, string?> room)
    {
        var arrows = new Dictionary<(string, string), string>();
        foreach (var type in assembly.GetTypes())
            if (room(type) is { } from)
                foreach (var (known, by) in Known(type))
                    foreach (var part in Parts(known))
                        if (part.Assembly == assembly && room(part) is { } to && to != from)
                            arrows.TryAdd((from, to), $"{type.FullName}.{by} knows {part.FullName}");
        return arrows;
    }

    private static IEnumerable<(Type Known, string By)> Known(Type type)
    {
        foreach (var known in type.GetInterfaces().Append(type.BaseType).OfType<Type>())
            yield return (known, "base");
        foreach (var field in type.GetFields(Members))
            yield return (field.FieldType, field.Name);
        foreach (var method in type.GetMethods(Members).Cast<MethodBase>().Concat(type.GetConstructors(Members)))
            foreach (var known in Known(method))
                yield return (known, method.Name);
    }

    private static IEnumerable<Type> Known(MethodBase method)
    {
        var signature = method.GetParameters().Select(parameter => parameter.ParameterType);
        if (method is MethodInfo { ReturnType: var result })
            signature = signature.Append(result);
        return method.GetMethodBody() is { } body ? [.. signature, .. body.LocalVariables.Select(local => local.LocalType), .. Used(method, body.GetILAsByteArray()!)] : signature;
    }

    // What the instructions of a method name.
    private static IEnumerable<Type> Used(MethodBase method, byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var operation = _codes[code[at] == 0xFE ? 0xFE00 | code[at + 1] : code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                foreach (var known in Named(method, BitConverter.ToInt32(code, at)))
                    yield return known;
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Named(MethodBase method, int token)
    {
        var member = method.Module.ResolveMember(
            token, method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null, method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null);
        var generic = member is MethodInfo { IsGenericMethod: true } called ? called.GetGenericArguments() : [];
        return generic.Append(member as Type ?? member!.DeclaringType).OfType<Type>();
    }

    // A type with those that it is made of.
    private static IEnumerable<Type> Parts(Type type) => type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}
