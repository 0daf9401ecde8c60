using System.Numerics;
using Pyro.Kernels.Rows;

namespace Pyro.Kernels;

/// <summary>Rows that become columns of registers and rows again, whatever their length.</summary>
public sealed class TurnedTests
{
    [Test]
    public void Rows_become_columns_and_rows_again()
    {
        Turn<float>();
        Turn<double>();
    }

    private static void Turn<T>()
        where T : unmanaged, INumber<T>
    {
        for (var columns = 1; columns <= 21; columns++)
        {
            var rows = new T[columns * Vector<T>.Count];
            for (var i = 0; i < rows.Length; i++)
                rows[i] = T.CreateChecked(i);
            var block = new Vector<T>[columns];
            Turned.ToColumns<T>(rows, columns, block);
            for (var column = 0; column < columns; column++)
                for (var row = 0; row < Vector<T>.Count; row++)
                    Assert.That(block[column][row], Is.EqualTo(rows[row * columns + column]));
            var again = new T[rows.Length + 1];
            again[^1] = T.One;
            Turned.ToRows<T>(block, columns, again);
            Assert.That(again, Is.EqualTo([.. rows, T.One]));
        }
    }
}
