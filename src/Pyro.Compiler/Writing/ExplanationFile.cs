using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Writing;

/// <summary>Writes what only people read of a program, in a file of its own: what densities are computed from, the loops, and the body as it was understood.</summary>
public static class ExplanationFile
{
    /// <summary>A file name that only this program's explanation has.</summary>
    public static string FileName(ProgramIr program) => ProgramFile.FileName(program, ".Explanation");

    /// <summary>The text of the file.</summary>
    public static string Emit(ProgramIr program) => ProgramFile.InType(program, [], writer =>
    {
        using (writer.Block($"partial class {ProgramNames.ProgramClass(program.Suffix)}"))
        {
            if (program.Sites.Count > 0)
                Densities(writer, program);
            if (program.Loops.Count > 0)
                Loops(writer, program);
            Body(writer, program);
        }
    });

    private static void Densities(CSharpWriter writer, ProgramIr program)
    {
        string Text(Expr value) => ProgramFile.Literal(Printer.Print(value, program.Sites));
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {program.Written(RuntimeNames.ReadOnlyList)}<{program.Written(RuntimeNames.DensityReport)}> Densities =>");
        writer.Line("[");
        foreach (var density in program.Densities)
            writer.Line($"    new({SiteClasses.Handle(program, program.Sites[density.Slot])}, " +
                $"{(density.Distribution is { } from ? Text(from) : "null")}, " +
                $"{(density.Shape is { } shape ? ProgramFile.Literal(shape.ToString()) : "null")}, " +
                $"[{string.Join(", ", density.Opaque.Select(ProgramFile.Literal))}], [{string.Join(", ", density.OnceForAll.Select(Text))}]),");
        writer.Line("];");
        writer.Line();
    }

    private static void Loops(CSharpWriter writer, ProgramIr program)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public override {program.Written(RuntimeNames.ReadOnlyList)}<{program.Written(RuntimeNames.LoopReport)}> Loops =>");
        writer.Line("[");
        foreach (var loop in program.Loops)
            writer.Line($"    new({ProgramNames.PlatesClass(program.Suffix)}.{program.Plates[loop.Plate].Member}, {ProgramFile.Literal(loop.Span)}, " +
                $"{(loop.Sequential is { } reason ? ProgramFile.Literal(reason) : "null")}),");
        writer.Line("];");
        writer.Line();
    }

    private static void Body(CSharpWriter writer, ProgramIr program)
    {
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override string Body =>");
        var lines = Printer.Print(program).TrimEnd('\n').Split('\n');
        for (var i = 0; i < lines.Length; i++)
            writer.Line($"    {ProgramFile.Literal(lines[i] + "\n")}{(i < lines.Length - 1 ? " +" : ";")}");
    }
}
