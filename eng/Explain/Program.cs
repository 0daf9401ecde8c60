using System.CommandLine;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

// Prints what the compiler knows of the programs in an assembly. Reads the assembly by reflection, as a tool may; nothing of it runs but the tables.
const BindingFlags members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

var assembly = new Argument<FileInfo>("assembly") { Description = "The built assembly with the models" }.AcceptExistingOnly();
var model = new Argument<string?>("model") { Description = "A program's name or the end of it, such as CoinFlip.Model; all where none is given", DefaultValueFactory = _ => null };
var command = new RootCommand("Explains compiled programs: sites, gradients, loops, graph and body.") { assembly, model };
command.SetAction(parsed => Explain(parsed.GetValue(assembly)!, parsed.GetValue(model)));
return command.Parse(args).Invoke();

static int Explain(FileInfo file, string? wanted)
{
    var resolver = new AssemblyDependencyResolver(file.FullName);
    AssemblyLoadContext.Default.Resolving += (context, name) => resolver.ResolveAssemblyToPath(name) is { } path ? context.LoadFromAssemblyPath(path) : null;
    var programs = AssemblyLoadContext.Default.LoadFromAssemblyPath(file.FullName).GetTypes()
        .Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetProperties(members).Where(property => property.Name.StartsWith("Compiled", StringComparison.Ordinal)))
        .Select(Read).OfType<(string Name, string Text)>().OrderBy(program => program.Name, StringComparer.Ordinal).ToList();
    var found = programs.Where(program => wanted is null || program.Name == wanted || program.Name.EndsWith("." + wanted, StringComparison.Ordinal)
        || program.Name.StartsWith(wanted + ".", StringComparison.Ordinal)).ToList();
    if (found.Count == 0)
    {
        Console.Error.WriteLine($"There is no program '{wanted}' in {file.Name}. It has: {string.Join(", ", programs.Select(program => program.Name))}.");
        return 1;
    }
    Console.WriteLine(string.Join("\n", found.Select(program => program.Text)));
    return 0;
}

static (string Name, string Text)? Read(PropertyInfo property)
{
    // The tables are static: an object that was never constructed is enough to ask for them.
    var owner = property.GetMethod!.IsStatic ? null : RuntimeHelpers.GetUninitializedObject(property.DeclaringType!);
    var program = property.GetValue(owner);
    return program?.GetType() is { } type && type.GetMethod("Explain") is { } explain
        ? ((string)type.GetProperty("Name")!.GetValue(program)!, (string)explain.Invoke(program, null)!)
        : null;
}
