using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

public class RandomTests
{
    private static double[] Values(Tensor tensor) => tensor.to_type(ScalarType.Float64).data<double>().ToArray();

    [Fact]
    public void A_generator_starts_over_from_its_seed_and_its_state()
    {
        using var generator = new Generator(3);
        Assert.Equal(3, generator.initial_seed());
        var first = Values(randn(4, generator: generator));
        using var state = generator.get_state();
        var second = Values(randn(4, generator: generator));
        Assert.NotEqual(first, second);
        generator.set_state(state);
        Assert.Equal(second, Values(randn(4, generator: generator)));
        generator.manual_seed(3);
        Assert.Equal(first, Values(randn(4, generator: generator)));
        Assert.Equal(generator.seed(), generator.initial_seed());
    }

    [Fact]
    public void A_state_that_is_none_is_refused_and_changes_nothing()
    {
        using var generator = new Generator(3);
        using var state = generator.get_state();
        Assert.ThrowsAny<Exception>(() => generator.set_state(zeros(3)));
        Assert.ThrowsAny<Exception>(() => generator.set_state(zeros(3, dtype: ScalarType.Byte)));
        Assert.Equal(Values(state), Values(generator.get_state()));
    }

    [Fact]
    public void The_default_generator_belongs_to_nobody()
    {
        using var before = get_rng_state();
        manual_seed(5);
        var first = Values(rand_like(zeros(3)).add(randn_like(zeros(3))).add(randint_like(zeros(3), 0, 9)));
        manual_seed(5);
        Assert.Equal(first, Values(rand_like(zeros(3)).add(randn_like(zeros(3))).add(randint_like(zeros(3), 0, 9))));
        Assert.Equal(5, initial_seed());
        manual_seed(5).Dispose();
        Assert.Equal(5, initial_seed());
        set_rng_state(before);
    }

    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        var before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.True(get_num_interop_threads() >= 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => set_num_threads(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => set_num_interop_threads(0));
    }
}
