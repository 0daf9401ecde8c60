using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pyro.Kernels.Rows;

/// <summary>
/// Rows as they lie in memory, one after another, and as registers of a column each, with a row in each lane. Floats are turned eight rows by four columns in
/// registers, the first four rows in the lower halves: what is written number by number and read as a register, or the other way round, keeps the processor waiting.
/// </summary>
internal static class Turned
{
    // Columns that are turned at a time.
    private const int Tile = 4;

    /// <summary>Reads a register of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">How long a row is.</param>
    /// <param name="block">The columns.</param>
    public static void ToColumns<T>(ReadOnlySpan<T> rows, int columns, Span<Vector<T>> block)
        where T : unmanaged
    {
        rows = rows[..(columns * Vector<T>.Count)];
        block = block[..columns];
        ref var row = ref MemoryMarshal.GetReference(rows);
        if (InTiles<T>(columns))
        {
            ref var from = ref Unsafe.As<T, float>(ref row);
            for (var column = 0; column < columns; column = Next(column, columns))
            {
                ref var at = ref Unsafe.Add(ref from, column);
                var (c0, c1, c2, c3) = Transposed(
                    Load(ref at, 0, 4 * columns), Load(ref at, columns, 5 * columns),
                    Load(ref at, 2 * columns, 6 * columns), Load(ref at, 3 * columns, 7 * columns));
                var tile = block.Slice(column, Tile);
                tile[0] = Register<T>(c0);
                tile[1] = Register<T>(c1);
                tile[2] = Register<T>(c2);
                tile[3] = Register<T>(c3);
            }
            return;
        }
        if (columns == 1)
        {
            block[0] = new Vector<T>(rows);
            return;
        }
        ref var lane = ref Unsafe.As<Vector<T>, T>(ref MemoryMarshal.GetReference(block));
        for (var i = 0; i < Vector<T>.Count; i++)
            for (var column = 0; column < columns; column++)
                Unsafe.Add(ref lane, column * Vector<T>.Count + i) = Unsafe.Add(ref row, i * columns + column);
    }

    /// <summary>Writes a register of rows.</summary>
    /// <param name="block">The columns.</param>
    /// <param name="columns">How long a row is.</param>
    /// <param name="rows">The rows.</param>
    public static void ToRows<T>(ReadOnlySpan<Vector<T>> block, int columns, Span<T> rows)
        where T : unmanaged
    {
        rows = rows[..(columns * Vector<T>.Count)];
        block = block[..columns];
        ref var row = ref MemoryMarshal.GetReference(rows);
        if (InTiles<T>(columns))
        {
            ref var to = ref Unsafe.As<T, float>(ref row);
            for (var column = 0; column < columns; column = Next(column, columns))
            {
                ref var at = ref Unsafe.Add(ref to, column);
                var tile = block.Slice(column, Tile);
                var (r0, r1, r2, r3) = Transposed(Floats(tile[0]), Floats(tile[1]), Floats(tile[2]), Floats(tile[3]));
                Store(r0, ref at, 0, 4 * columns);
                Store(r1, ref at, columns, 5 * columns);
                Store(r2, ref at, 2 * columns, 6 * columns);
                Store(r3, ref at, 3 * columns, 7 * columns);
            }
            return;
        }
        ref var lane = ref Unsafe.As<Vector<T>, T>(ref MemoryMarshal.GetReference(block));
        for (var i = 0; i < Vector<T>.Count; i++)
            for (var column = 0; column < columns; column++)
                Unsafe.Add(ref row, i * columns + column) = Unsafe.Add(ref lane, column * Vector<T>.Count + i);
    }

    private static bool InTiles<T>(int columns) => typeof(T) == typeof(float) && Vector<float>.Count == 2 * Tile && Avx.IsSupported && columns >= Tile;

    // The last columns are a whole tile as well: it overlaps the one before.
    private static int Next(int column, int columns) => column + Tile == columns ? columns : Math.Min(column + Tile, columns - Tile);

    // Each half by itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>) Transposed(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        var (ab, cd) = (Avx.UnpackLow(a, b).AsDouble(), Avx.UnpackLow(c, d).AsDouble());
        var (abHigh, cdHigh) = (Avx.UnpackHigh(a, b).AsDouble(), Avx.UnpackHigh(c, d).AsDouble());
        return (Avx.UnpackLow(ab, cd).AsSingle(), Avx.UnpackHigh(ab, cd).AsSingle(),
            Avx.UnpackLow(abHigh, cdHigh).AsSingle(), Avx.UnpackHigh(abHigh, cdHigh).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float first, int low, int high) =>
        Vector256.Create(Vector128.LoadUnsafe(ref first, (nuint)low), Vector128.LoadUnsafe(ref first, (nuint)high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> values, ref float first, int low, int high)
    {
        values.GetLower().StoreUnsafe(ref first, (nuint)low);
        values.GetUpper().StoreUnsafe(ref first, (nuint)high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Register<T>(Vector256<float> values)
        where T : unmanaged => values.AsVector().As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Floats<T>(Vector<T> values)
        where T : unmanaged => values.As<T, float>().AsVector256();
}
