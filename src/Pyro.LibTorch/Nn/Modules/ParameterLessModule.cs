using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A module that never has parameters, buffers or parts.</summary>
public interface IParameterLessModule
{
}

/// <summary>A module of one argument that never has parameters, buffers or parts.</summary>
public abstract class ParameterLessModule<T1, TResult> : nn.Module<T1, TResult>, IParameterLessModule
{
    /// <summary>A module of a name.</summary>
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    /// <summary>Not possible.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) => throw ParameterLess.Refused(this, name);

    /// <summary>Not possible.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter? param) => throw ParameterLess.Refused(this, name);

    /// <summary>Not possible.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_module(string name, nn.Module submodule) => throw ParameterLess.Refused(this, name);
}

/// <summary>A module of two arguments that never has parameters, buffers or parts.</summary>
public abstract class ParameterLessModule<T1, T2, TResult> : nn.Module<T1, T2, TResult>, IParameterLessModule
{
    /// <summary>A module of a name.</summary>
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    /// <summary>Not possible.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_buffer(string name, Tensor tensor, bool persistent = true) => throw ParameterLess.Refused(this, name);

    /// <summary>Not possible.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_parameter(string name, Parameter? param) => throw ParameterLess.Refused(this, name);

    /// <summary>Not possible.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void register_module(string name, nn.Module submodule) => throw ParameterLess.Refused(this, name);
}

/// <summary>What modules without parts have in common.</summary>
internal static class ParameterLess
{
    internal static InvalidOperationException Refused(nn.Module module, string part) => new($"A {module.GetName()} has no parts; '{part}' cannot be registered.");
}
