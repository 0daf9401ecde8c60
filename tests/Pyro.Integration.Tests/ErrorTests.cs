using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>What a compiled program is given wrongly is said with the site that it was for.</summary>
public class ErrorTests
{
    [Test]
    public void What_fails_inside_of_a_plate_names_the_site_that_it_was_made_for()
    {
        Says(Fails(ones(5, 4), ones(5)), "'y'", "(5, 4)", "(3)", "shapes");
        Says(Fails(ones(5, 3, ScalarType.Float64), ones(5)), "'y'", "Float64 (5, 3)", "Float32 (3)", "dtypes");
    }

    [Test]
    public void A_tensor_that_has_ended_and_one_that_is_missing_are_said_to_be()
    {
        var ended = ones(5, 3);
        ended.Dispose();
        Says(Fails(ended, ones(5)), "Regression.Model failed after the site 'w', on its way to 'y'", "disposed", "dispose scope");
        Says(Fails(null!, ones(5)), "Regression.Model failed after the site 'w', on its way to 'y'", "null");
        Says(Fails(ones(5, 3), null!), "'y' is observed to be null");
    }

    private static ModelException Fails(Tensor x, Tensor y)
    {
        var svi = new SVI<(Tensor x, Tensor y)>(
            Regression.CompiledModel, Regression.CompiledGuide, new Adam(), new ELBO(), new RunContext(new ParamStore(), seed: 1));
        return Assert.Throws<ModelException>(() => svi.Step((x, y)));
    }

    private static void Says(ModelException error, params string[] words)
    {
        Assert.That(error.Site, Is.EqualTo("y"));
        foreach (var word in words)
            Assert.That(error.Message, Does.Contain(word));
    }
}

public static partial class Regression
{
    [Model]
    public static void Model(Tensor x, Tensor y)
    {
        var w = Sample("w", new Normal(zeros(3), 1));
        using (IArange("data", x.shape[0]))
            Observe("y", new Normal(x.matmul(w), 1), y);
    }

    [Guide(nameof(Model))]
    public static void Guide(Tensor x, Tensor y) => Sample("w", new Normal(Param("loc", () => zeros(3)), 0.1));
}
