using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Core;

public class TensorNumbersTests
{
    [Test]
    public void NumbersComeBackAsTheyWentIn()
    {
        Check([1.5f, -2, float.NaN], ScalarType.Float32);
        Check([1.5, double.PositiveInfinity], ScalarType.Float64);
        Check([long.MinValue, 0, long.MaxValue], ScalarType.Int64);
        Check([int.MaxValue, -1], ScalarType.Int32);
        Check([true, false, true], ScalarType.Bool);
        Check(Array.Empty<double>(), ScalarType.Float64);

        static void Check<T>(T[] numbers, ScalarType dtype)
            where T : unmanaged
        {
            var row = TensorNumbers.Of(numbers);
            Assert.That(row.dtype, Is.EqualTo(dtype));
            Assert.That(row.Sizes(), Is.EqualTo(new[] { numbers.LongLength }));
            Assert.That(TensorNumbers.Numbers<T>(row), Is.EqualTo(numbers));
        }
    }

    [Test]
    public void ATensorHasNumbersOfItsOwn()
    {
        double[] numbers = [1, 2];
        var row = TensorNumbers.Of(numbers);
        numbers[0] = 7;
        Assert.That(row.Numbers<double>(), Is.EqualTo(new[] { 1.0, 2 }));
        Assert.That(TensorNumbers.Of(numbers, ScalarType.Float32).Numbers<float>(), Is.EqualTo(new[] { 7f, 2 }));
    }

    [Test]
    public void TheOrderIsThatOfTheElementsAndNotOfTheMemory() =>
        Assert.That(arange(6, ScalarType.Int64).reshape(2, 3).t().Numbers<long>(), Is.EqualTo(new long[] { 0, 3, 1, 4, 2, 5 }));

    [Test]
    public void OneNumberIsReadOfOneElementAlone()
    {
        Assert.That(tensor(2.5).Number<double>(), Is.EqualTo(2.5));
        Assert.That(ones(2, 3)[1, 2].reshape(1, 1).Number<float>(), Is.EqualTo(1f));
        Assert.Throws<ArgumentException>(() => ones(2).Number<float>());
        Assert.Throws<ArgumentException>(() => ones(0).Number<float>());
    }

    [Test]
    public void NumbersOfAnotherTypeAreRefused()
    {
        Assert.Throws<ArgumentException>(() => ones(1).Number<int>());
        Assert.Throws<ArgumentException>(() => ones(3).Numbers<double>());
    }
}
