using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Programs;

/// <summary>Parameters of 16-bit dtypes are refused by their site; values of them are as good as what they represent.</summary>
public class PrecisionTests
{
    private static readonly ScalarType[] s_halves = [ScalarType.Float16, ScalarType.BFloat16];

    [Test]
    public void Site_ParameterOfSixteenBits_IsRefusedByName()
    {
        foreach (var dtype in s_halves)
        {
            var half = ones(3, dtype);
            foreach (var distribution in new Distribution[]
            {
                new Normal(half, 1), new Gamma(half, half), new Bernoulli(ps: half), new Categorical(ps: half), new Dirichlet(half), new Poisson(half), new Normal(half, 1).ToEvent(),
                new MultivariateNormal(zeros(3, dtype), scaleTril: eye(3, dtype: dtype)), new Normal(half, 1).Mask(ones(3)),
            })
            {
                var error = Runs.Fails(() => Sample("here", distribution));
                Assert.That(error.Site, Is.EqualTo("here"));
                Assert.That(error.Message, Does.Contain($"{dtype}").And.Contain("'here'").And.Contain("to_type(ScalarType.Float32)"));
            }
            Assert.That(Runs.Fails(() => Observe("data", new Normal(half, 1), ones(3))).Message, Does.Contain("'data'").And.Contain("mu"));
        }
    }

    [Test]
    public void Site_ValueOfSixteenBits_ScoresAsWhatItRepresents()
    {
        foreach (var dtype in s_halves)
        {
            var values = tensor(new[] { 0.1f, -2.3f, 1.7f }).to_type(dtype);
            var trace = Runs.TraceOf(() => Observe("data", new Normal(tensor(new[] { 0f, 0.5f, 1 }), 1.5), values));
            var exact = new Normal(Numeric.Double(0, 0.5, 1), 1.5).LogPdf(values.to_type(ScalarType.Float64)).Number();
            Numeric.Close(exact, trace.LogPdf().Number(), 1e-6);
            Assert.That(() => Runs.TraceOf(() => Sample("point", new Delta(values))), Throws.Nothing);
        }
    }
}
