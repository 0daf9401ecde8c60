using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyro.LibTorch;

/// <summary>Finds the native shim and libtorch, or says in one sentence which of the two is missing.</summary>
internal static class LibraryLoader
{
    private const string Shim = "libPyroTorch.so";
    private const string Remedy = "run eng/setup, or install Debian's libtorch-dev";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The resolver has to be in place before the first import, whichever that is.")]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(LibraryLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Native.Library)
            return 0;
        if (Find() is not { } file)
            return NativeLibrary.TryLoad(name, assembly, searchPath, out var handle) ? handle : throw new DllNotFoundException(
                $"The native tensor library {Shim} is not in {AppContext.BaseDirectory}: {Remedy}, and build again.");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException failure)
        {
            throw new DllNotFoundException($"libtorch cannot be loaded ({Cause(failure.Message)}): {Remedy}.");
        }
    }

    // Beside the program; a package's native part lies where the host looks for it.
    private static string? Find()
    {
        var searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Prepend(AppContext.BaseDirectory)
            .Select(directory => Path.Combine(directory, Shim))
            .FirstOrDefault(File.Exists);
    }

    // The runtime's message is general advice, then a line for each attempt; the last one says which library is missing.
    private static string Cause(string message) =>
        message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [.., var last] ? last : message;
}
