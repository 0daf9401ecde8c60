using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>How the parameters and buffers of modules are named, and how they come into a store.</summary>
internal static class ModuleParameters
{
    /// <summary>What stands between the name of a module and that of one of its parameters.</summary>
    public const string Separator = "$$$";

    /// <summary>The full name of a module's parameter.</summary>
    /// <exception cref="ModelException">The module's name has the separator in it.</exception>
    public static string NameOf(string module, string parameter) => module.Contains(Separator, StringComparison.Ordinal)
        ? throw new ModelException(module, $"The module's name '{module}' has '{Separator}' in it, which separates modules from their parameters. Give it another name.")
        : module + Separator + parameter;

    /// <summary>The module's parameters by full name.</summary>
    public static IEnumerable<(string Name, Tensor Parameter)> Of(string name, nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var (path, parameter) in module.named_parameters())
            yield return (NameOf(name, path), parameter);
    }

    /// <summary>The module's buffers by full name.</summary>
    public static IEnumerable<(string Name, Tensor Buffer)> BuffersOf(string name, nn.Module module)
    {
        foreach (var (path, buffer) in module.named_buffers())
            yield return (NameOf(name, path), buffer);
    }
}
