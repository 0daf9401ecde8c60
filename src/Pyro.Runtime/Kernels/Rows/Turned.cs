using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pyro.Kernels.Rows;

/// <summary>
/// Rows as they lie in memory, one after another, and as registers of a column each, with a row in each lane. Floats are turned four rows by four columns in
/// registers: what is written number by number and read as a register, or the other way round, keeps the processor waiting.
/// </summary>
internal static class Turned
{
    // Rows and columns that are turned at a time.
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
                var (a0, a1, a2, a3) = Transposed(Load(ref at, 0), Load(ref at, columns), Load(ref at, 2 * columns), Load(ref at, 3 * columns));
                var (b0, b1, b2, b3) = Transposed(Load(ref at, 4 * columns), Load(ref at, 5 * columns), Load(ref at, 6 * columns), Load(ref at, 7 * columns));
                block[column] = Joined<T>(a0, b0);
                block[column + 1] = Joined<T>(a1, b1);
                block[column + 2] = Joined<T>(a2, b2);
                block[column + 3] = Joined<T>(a3, b3);
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
                var (c0, c1, c2, c3) = (Floats(block[column]), Floats(block[column + 1]), Floats(block[column + 2]), Floats(block[column + 3]));
                var (a0, a1, a2, a3) = Transposed(c0.GetLower(), c1.GetLower(), c2.GetLower(), c3.GetLower());
                var (b0, b1, b2, b3) = Transposed(c0.GetUpper(), c1.GetUpper(), c2.GetUpper(), c3.GetUpper());
                Store(ref at, 0, a0);
                Store(ref at, columns, a1);
                Store(ref at, 2 * columns, a2);
                Store(ref at, 3 * columns, a3);
                Store(ref at, 4 * columns, b0);
                Store(ref at, 5 * columns, b1);
                Store(ref at, 6 * columns, b2);
                Store(ref at, 7 * columns, b3);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float>, Vector128<float>, Vector128<float>, Vector128<float>) Transposed(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        var (ab, cd) = (Sse.UnpackLow(a, b), Sse.UnpackLow(c, d));
        var (abHigh, cdHigh) = (Sse.UnpackHigh(a, b), Sse.UnpackHigh(c, d));
        return (Sse.MoveLowToHigh(ab, cd), Sse.MoveHighToLow(cd, ab), Sse.MoveLowToHigh(abHigh, cdHigh), Sse.MoveHighToLow(cdHigh, abHigh));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load(ref float first, int index) => Vector128.LoadUnsafe(ref first, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float first, int index, Vector128<float> values) => values.StoreUnsafe(ref first, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Joined<T>(Vector128<float> low, Vector128<float> high)
        where T : unmanaged => Vector256.Create(low, high).AsVector().As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Floats<T>(Vector<T> values)
        where T : unmanaged => values.As<T, float>().AsVector256();
}
