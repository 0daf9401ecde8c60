using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace ProbCompiler.Benchmarks;

/// <summary>The operations in C++ (native/floor.cpp); each runs so many times.</summary>
internal static class Floor
{
    private const string Library = "TensorFloor";

    [DllImport(Library, EntryPoint = "floor_add")]
    internal static extern void Add(long times);

    [DllImport(Library, EntryPoint = "floor_add_ten")]
    internal static extern void AddTen(long times);

    [DllImport(Library, EntryPoint = "floor_item")]
    internal static extern float Item(long times);

    [DllImport(Library, EntryPoint = "floor_density")]
    internal static extern void Density(long times);

    [DllImport(Library, EntryPoint = "floor_adam")]
    internal static extern void Adam(long times);
}
