namespace Pyro.Analyzers.Tests;

/// <summary>No false alarm: correct programs have no diagnostic above info.</summary>
public sealed class CorrectProgramsTests
{
    [Fact]
    public async Task Corpus_has_none() => Assert.Empty(await Verify.Alarms(Sources("tests/Pyro.Corpus")));

    [Theory]
    [InlineData("samples/CoinFlip")]
    [InlineData("samples/EightSchools")]
    public async Task Samples_have_none(string sample) => Assert.Empty(await Verify.Alarms(Sources(sample)));

    private static string[] Sources(string folder)
    {
        var sources = Catalogue.Repository.Texts(folder, "*.cs").ToArray();
        Assert.NotEmpty(sources);
        return sources;
    }
}
