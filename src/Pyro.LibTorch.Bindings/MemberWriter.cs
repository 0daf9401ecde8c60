using System.Text;

namespace Pyro.LibTorch.Bindings;

/// <summary>Writes the regular public members: Tensor.name(…) and torch.name(…).</summary>
internal static class MemberWriter
{
    public static void Write(StringBuilder into, TableReader table)
    {
        into.AppendLine("public static partial class torch").AppendLine("{");
        foreach (var (operation, name) in Named(table).Where(o => HasFunction(o.Operation)))
            WriteFunction(into, operation, name);
        foreach (var operation in table.Operations.Where(o => o.Macro == "FACTORY"))
            WriteFactory(into, operation);
        foreach (var group in table.Operations.Where(o => o.Macro is "IN" or "NN").GroupBy(o => ClassOf(o.Name)))
            WriteClass(into, group.Key, group);
        ElementWriter.Write(into, table.Elements);
        into.AppendLine("    public partial class Tensor").AppendLine("    {");
        foreach (var (operation, name) in Named(table).Where(o => HasMethod(o.Operation)))
            WriteMethod(into, operation, name);
        into.AppendLine("    }").AppendLine("}");
    }

    private static bool HasFunction(Operation operation) => operation.Macro is "FN" or "LR" or "FT" or "FUNC";

    private static bool HasMethod(Operation operation) => operation.Macro is "FN" or "LR" or "FT" or "METHOD";

    private static void WriteClass(StringBuilder into, string name, IEnumerable<Operation> operations)
    {
        into.Append("    public static partial class ").AppendLine(name).AppendLine("    {");
        if (name == "nn")
            into.AppendLine("    public static partial class functional").AppendLine("    {");
        foreach (var operation in operations)
            WriteFunction(into, operation, operation.PublicName.Substring(name.Length + 1));
        if (name == "nn")
            into.AppendLine("    }");
        into.AppendLine("    }").AppendLine();
    }

    // special_erfcx is a member of torch.special.
    private static string ClassOf(string name) => name.Substring(0, name.IndexOf('_'));

    private static IEnumerable<(Operation Operation, string Name)> Named(TableReader table)
    {
        foreach (var operation in table.Operations)
        {
            yield return (operation, operation.PublicName);
            foreach (var alias in table.Aliases.Where(a => a.Of == operation.PublicName))
                yield return (operation, alias.Name);
        }
    }

    private static void WriteMethod(StringBuilder into, Operation operation, string name)
    {
        var rest = operation.Parameters.Skip(1).ToArray();
        WriteDocumentation(into, operation, "        ");
        into.Append("        public ").Append(CallWriter.ReturnTypeOf(operation)).Append(' ').Append(CallWriter.Identifier(name)).Append('(');
        into.Append(string.Join(", ", rest.Select(p => Declare(p, p.Name)))).Append(") => Ops.");
        into.Append(CallWriter.Identifier(operation.Name)).Append('(');
        into.Append(string.Join(", ", new[] { "this" }.Concat(rest.Select(p => Pass(p, p.Name))))).AppendLine(");").AppendLine();
    }

    private static void WriteFunction(StringBuilder into, Operation operation, string name)
    {
        var names = operation.Parameters.Select((p, i) => FunctionParameter(operation, p.Name, i)).ToArray();
        WriteDocumentation(into, operation, "    ");
        into.Append("    public static ").Append(CallWriter.ReturnTypeOf(operation)).Append(' ').Append(CallWriter.Identifier(name)).Append('(');
        into.Append(string.Join(", ", operation.Parameters.Zip(names, Declare))).Append(") => Ops.");
        into.Append(CallWriter.Identifier(operation.Name)).Append('(');
        into.Append(string.Join(", ", operation.Parameters.Zip(names, Pass))).AppendLine(");").AppendLine();
    }

    // TorchSharp names the operands of a function in three ways; the table's macro says which.
    private static string FunctionParameter(Operation operation, string name, int position) => (operation.Macro, position) switch
    {
        ("FN", 0) => "input",
        ("FT", 0) => "tensor",
        ("LR", 0) => "left",
        ("LR", 1) => "right",
        _ => name,
    };

    private static string Declare(Parameter parameter, string name) =>
        $"{ParameterKind.Of(parameter).Visible} {CallWriter.Identifier(name)}{CallWriter.ManagedDefault(parameter)}";

    private static string Pass(Parameter parameter, string name) =>
        ParameterKind.Of(parameter).Passed.Replace("{0}", CallWriter.Identifier(name));

    private static void WriteDocumentation(StringBuilder into, Operation operation, string indent)
    {
        var text = operation.Documentation.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        into.Append(indent).Append("/// <summary>").Append(text).AppendLine("</summary>");
    }

    // Every way to say a size: an array, a span, and one to four numbers, long or int.
    private static void WriteFactory(StringBuilder into, Operation operation)
    {
        var between = operation.Parameters.Where(p => p.Type is not ("Ints" or "Opts" or "Gen")).ToArray();
        var declared = string.Concat(between.Select(p => ", " + Declare(p, p.Name)));
        var generator = operation.Parameters.Any(p => p.Type == "Gen");
        declared += ", torch.ScalarType? dtype = null, torch.Device? device = null, bool requires_grad = false";
        declared += (generator ? ", torch.Generator? generator = null" : "") + ", string[]? names = null";
        var passed = string.Concat(between.Select(p => ", " + Pass(p, p.Name)))
            + ", new Options(dtype, device, requires_grad)" + (generator ? ", generator" : "");

        void Form(string sizes, string size)
        {
            WriteDocumentation(into, operation, "    ");
            into.Append("    public static torch.Tensor ").Append(operation.PublicName).Append('(').Append(sizes).Append(declared).Append(") => ");
            into.Append("Ops.").Append(operation.Name).Append('(').Append(size).Append(passed).AppendLine(").Named(names);").AppendLine();
        }

        Form("long[] size", "size");
        Form("System.ReadOnlySpan<long> size", "size");
        foreach (var type in new[] { "long", "int" })
        {
            Form($"{type} size", "[size]");
            Form($"{type} rows, {type} columns", "[rows, columns]");
            Form($"{type} dim0, {type} dim1, {type} dim2", "[dim0, dim1, dim2]");
            Form($"{type} dim0, {type} dim1, {type} dim2, {type} dim3", "[dim0, dim1, dim2, dim3]");
        }
    }
}
