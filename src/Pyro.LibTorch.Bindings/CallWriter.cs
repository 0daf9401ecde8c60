using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Pyro.LibTorch.Bindings;

/// <summary>Writes, for each operation, the P/Invoke (class Native) and the managed call around it (class Ops).</summary>
internal static class CallWriter
{
    public static void Write(StringBuilder into, IReadOnlyList<Operation> operations)
    {
        into.AppendLine("internal static unsafe partial class Native").AppendLine("{");
        foreach (var operation in operations)
        {
            into.Append("    [System.Runtime.InteropServices.DllImport(Library, EntryPoint = \"pt_").Append(operation.Name).AppendLine("\")]");
            into.Append("    internal static extern Result ").Append(Identifier(operation.Name)).Append('(');
            into.Append(string.Join(", ", operation.Parameters.Select(p => $"{ParameterKind.Of(p).Native} {Identifier(p.Name)}"))).AppendLine(");");
        }
        into.AppendLine("}").AppendLine();

        into.AppendLine("internal static unsafe partial class Ops").AppendLine("{");
        foreach (var operation in operations)
            WriteCall(into, operation);
        into.AppendLine("}").AppendLine();
    }

    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>(Tensor, Tensor, …) with the names that the documentation starts with, as in "(values, indices) …".</summary>
    public static string TupleOf(Operation operation)
    {
        var count = operation.Returns[1] - '0';
        var documentation = operation.Documentation;
        var names = documentation.StartsWith("(", StringComparison.Ordinal)
            ? documentation.Substring(1, documentation.IndexOf(')') - 1).Split(',').Select(n => " " + n.Trim()).ToArray()
            : Enumerable.Repeat("", count).ToArray();
        return "(" + string.Join(", ", names.Select(n => "torch.Tensor" + n)) + ")";
    }

    public static string ReturnTypeOf(Operation operation) => operation.Returns switch
    {
        "T" => "torch.Tensor",
        "Self" => operation.Parameters.FirstOrDefault()?.Type == "T" ? "torch.Tensor" : "void",
        "Ts" => "torch.Tensor[]",
        "bool" => "bool",
        "i64" => "long",
        "f64" => "double",
        "T2" or "T3" or "T4" => TupleOf(operation),
        var other => throw new FormatException($"The tables have no return type {other}."),
    };

    private static void WriteCall(StringBuilder into, Operation operation)
    {
        var parameters = operation.Parameters;
        var kinds = parameters.Select(p => (Name: Identifier(p.Name), Kind: ParameterKind.Of(p))).ToArray();
        string Format(string template, string name) => template.Replace("{0}Pinned", name.TrimStart('@') + "Pinned")
            .Replace("{0}Handles", name.TrimStart('@') + "Handles").Replace("{0}", name);

        into.Append("    internal static ").Append(ReturnTypeOf(operation)).Append(' ').Append(Identifier(operation.Name)).Append('(');
        into.Append(string.Join(", ", parameters.Select((p, i) => $"{kinds[i].Kind.Managed} {kinds[i].Name}"))).AppendLine(")");
        into.AppendLine("    {");
        foreach (var (name, kind) in kinds)
            if (kind.SetUp is not null)
                into.Append("        ").AppendLine(Format(kind.SetUp, name));
        into.AppendLine("        Result result;");
        foreach (var (name, kind) in kinds)
            if (kind.Pin is not null)
                into.Append("        ").AppendLine(Format(kind.Pin, name));
        into.Append("            result = Native.").Append(Identifier(operation.Name)).Append('(');
        into.Append(string.Join(", ", kinds.Select(k => Format(k.Kind.Argument, k.Name)))).AppendLine(");");

        var tensors = parameters.Zip(kinds, (p, k) => (p.Type, p.Name, k)).Where(p => p.Type is "T" or "OT").ToArray();
        var several = parameters.FirstOrDefault(p => p.Type is "Ts" or "OTs");
        into.Append("        if (result.Value == 0) throw Failure.Of(\"").Append(operation.PublicName).Append('"');
        if (several is not null && tensors.Length == 0)
            into.Append(", ").Append(Identifier(several.Name));
        else
            foreach (var (_, name, kind) in tensors)
                into.Append(", (\"").Append(name).Append("\", ").Append(kind.Name).Append(')');
        into.AppendLine(");");

        foreach (var (name, kind) in kinds)
            if (kind.Alive is not null)
                into.Append("        ").AppendLine(Format(kind.Alive, name));
        var returned = operation.Returns switch
        {
            "T" => "        return torch.Tensor.Own(result);",
            "Self" => ReturnTypeOf(operation) == "void" ? null : $"        return {kinds[0].Name};",
            "Ts" => "        return torch.Tensor.Several(result);",
            "bool" => "        return result.Extra != 0;",
            "i64" => "        return result.Extra;",
            "f64" => "        return System.BitConverter.Int64BitsToDouble(result.Extra);",
            var tuple => "        return (" + string.Join(", ", Enumerable.Repeat("torch.Tensor.Next()", tuple[1] - '0')) + ");",
        };
        if (returned is not null)
            into.AppendLine(returned);
        into.AppendLine("    }");
    }

    /// <summary>A default of the tables in C#; {} is "absent".</summary>
    public static string ManagedDefault(Parameter parameter) => parameter.Default switch
    {
        null => "",
        "{}" => " = null",
        var value when parameter.Type == "Red" => " = torch.nn.Reduction." + value,
        var value when parameter.Type == "Norm" => " = FFTNormType." + value,
        var value => " = " + value,
    };
}
