namespace Pyro.Analyzers.Tests;

/// <summary>No false alarm: correct programs have no diagnostic above info.</summary>
public sealed class CorrectProgramsTests
{
    [Test]
    public async Task Corpus_has_none() => Assert.That(await Verify.Alarms(Sources("tests/Pyro.Corpus")), Is.Empty);

    [TestCase("samples/CoinFlip")]
    [TestCase("samples/EightSchools")]
    public async Task Samples_have_none(string sample) => Assert.That(await Verify.Alarms(Sources(sample)), Is.Empty);

    private static string[] Sources(string folder)
    {
        var sources = Catalogue.Repository.Texts(folder, "*.cs").ToArray();
        Assert.That(sources, Is.Not.Empty);
        return sources;
    }
}
