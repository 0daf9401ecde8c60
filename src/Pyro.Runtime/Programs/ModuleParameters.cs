namespace Pyro.Programs;

/// <summary>How the parameters of modules are named.</summary>
internal static class ModuleParameters
{
    /// <summary>What stands between the name of a module and that of one of its parameters.</summary>
    public const string Separator = "$$$";
}
