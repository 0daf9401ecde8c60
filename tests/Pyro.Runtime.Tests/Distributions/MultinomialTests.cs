using Pyro.Distributions;

namespace Pyro.Runtime.Tests.Distributions;

public class MultinomialTests
{
    [Test]
    public void Arguments_MayStandInTheOrderOfPyro()
    {
        var ps = Numeric.Double(0.2, 0.3, 0.5);
        var x = Numeric.Double(1, 2, 3);
        // ln (6! / (1! 2! 3!)) + ln 0.2 + 2 ln 0.3 + 3 ln 0.5.
        var expected = Math.Log(60) + Math.Log(0.2) + 2 * Math.Log(0.3) + 3 * Math.Log(0.5);
        foreach (var multinomial in new[] { new Multinomial(ps, 6), new Multinomial(6, ps), new Multinomial(6, ps: ps), new Multinomial(ps: ps, n: 6) })
        {
            Numeric.Close(expected, multinomial.LogPdf(x).Number(), 1e-9);
            Assert.That(multinomial.Sample().sum().Number(), Is.EqualTo(6));
        }
    }
}
