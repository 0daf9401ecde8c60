namespace Pyro.Compiler.Ir;

/// <summary>What a field of a network holds.</summary>
public enum ModulePartKind
{
    /// <summary>A module: a part with its own parameters.</summary>
    Module,

    /// <summary>A parameter: learned.</summary>
    Parameter,

    /// <summary>A tensor: kept and saved, not learned.</summary>
    Buffer,
}

/// <summary>A field (or automatic property) of a network, as C# reads it, and the name that it is registered under.</summary>
public sealed record ModulePartIr(ModulePartKind Kind, string Member, string Name);

/// <summary>A class of networks that calls RegisterComponents: what there is to register, and whether its base class registers parts of its own.</summary>
public sealed record ModuleIr(string Namespace, EquatableArray<TypeIr> Types, bool BaseRegisters, EquatableArray<ModulePartIr> Parts);
