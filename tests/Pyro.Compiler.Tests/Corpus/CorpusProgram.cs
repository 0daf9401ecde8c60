using System.Reflection;
using System.Runtime.CompilerServices;
using Pyro.Programs;
using Pyro.Testing.Execution;

[assembly: StaticFields("Pyro.Corpus")]

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>A model of the corpus: the program that it was compiled to, and the same method as it was written.</summary>
internal abstract class CorpusProgram
{
    private const BindingFlags Members = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>All models of the corpus, by the name of their class.</summary>
    public static IReadOnlyDictionary<string, CorpusProgram> All { get; } = In(Assembly.Load("Pyro.Corpus"));

    /// <summary>All models of an assembly, by the name of their class.</summary>
    public static IReadOnlyDictionary<string, CorpusProgram> In(Assembly assembly) => assembly.GetTypes()
        .Select(type => type.ContainsGenericParameters ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(int))]) : type)
        .Where(type => type.GetProperty("CompiledModel", Members | BindingFlags.DeclaredOnly) is not null)
        .ToDictionary(type => type.ToString().Replace("Pyro.Corpus.", "").Replace('+', '.'), Read);

    /// <summary>What a test does with a program, whatever its arguments are.</summary>
    public interface IVisitor
    {
        void Visit<TArgs>(Program<TArgs> compiled, Program<TArgs> plain, TArgs args);
    }

    public abstract void Accept(IVisitor visitor);

    private static CorpusProgram Read(Type type)
    {
        var target = type.GetFields(Members).FirstOrDefault(field => field.Name == "Object")?.GetValue(null);
        var compiled = type.GetProperty("CompiledModel", Members)!.GetValue(target)!;
        var program = compiled.GetType();
        while (!program.IsGenericType || program.GetGenericTypeDefinition() != typeof(Program<>))
            program = program.BaseType!;
        var argument = program.GetGenericArguments()[0];
        var args = type.GetField("Args", Members)?.GetValue(null) ?? (argument.IsValueType ? Activator.CreateInstance(argument) : null);
        // Of overloads the first is the one whose program has the plain name.
        var method = type.GetMethods(Members).First(candidate => candidate.Name == "Model");
        return (CorpusProgram)Activator.CreateInstance(typeof(CorpusProgram<>).MakeGenericType(argument), compiled, method, target, args)!;
    }
}

/// <inheritdoc cref="CorpusProgram"/>
internal sealed class CorpusProgram<TArgs>(Program<TArgs> compiled, MethodInfo method, object? target, TArgs args) : CorpusProgram
{
    public override void Accept(IVisitor visitor) => visitor.Visit(compiled, DynamicProgram.Of<TArgs>(Call, method.Name), args);

    private void Call(TArgs given) => method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, method.GetParameters().Length switch
    {
        0 => [],
        1 => [given],
        _ => Enumerable.Range(0, ((ITuple)given!).Length).Select(i => ((ITuple)given)[i]).ToArray(),
    }, null);
}
