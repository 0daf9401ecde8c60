using System.Runtime.CompilerServices;

namespace Pyro.Programs;

/// <summary>A program made of a plain method: its primitives find the run's context by themselves, and its sites are known only when it runs.</summary>
/// <typeparam name="TArgs">The arguments.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="name">The name, for people.</param>
/// <param name="body">The method.</param>
public sealed class DynamicProgram<TArgs, TResult>(string name, Func<TArgs, TResult> body) : Program<TArgs, TResult>
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override TResult Run(RunContext context, TArgs args)
    {
        using (context.MakeAmbient())
            return body(args);
    }
}

/// <summary>Makes programs of plain methods.</summary>
public static class DynamicProgram
{
    /// <summary>A program of a method without arguments.</summary>
    /// <param name="body">The method.</param>
    /// <param name="name">The name, for people; the expression that was given, where none is.</param>
    public static Program<Unit, Unit> Of(Action body, [CallerArgumentExpression(nameof(body))] string name = "") =>
        new DynamicProgram<Unit, Unit>(name, _ => { body(); return default; });

    /// <summary>A program of a method with an argument.</summary>
    /// <typeparam name="TArgs">The argument; a tuple for several.</typeparam>
    /// <param name="body">The method.</param>
    /// <param name="name">The name, for people; the expression that was given, where none is.</param>
    public static Program<TArgs, Unit> Of<TArgs>(Action<TArgs> body, [CallerArgumentExpression(nameof(body))] string name = "") =>
        new DynamicProgram<TArgs, Unit>(name, args => { body(args); return default; });

    /// <summary>A program of a method with an argument and a result.</summary>
    /// <typeparam name="TArgs">The argument; a tuple for several.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="body">The method.</param>
    /// <param name="name">The name, for people; the expression that was given, where none is.</param>
    public static Program<TArgs, TResult> Of<TArgs, TResult>(Func<TArgs, TResult> body, [CallerArgumentExpression(nameof(body))] string name = "") =>
        new DynamicProgram<TArgs, TResult>(name, body);
}
