using TorchSharp;

namespace Pyro.LibTorch.Tests;

/// <summary>Our TorchSharp.dll beside the real one: whatever compiles against ours has to compile, with the same meaning, against theirs.</summary>
public class SurfaceTests
{
    private static readonly Surface Ours = Surface.Of(typeof(torch).Assembly.Location);

    private static readonly Surface Theirs = Surface.Of(Surface.RealPackage);

    [Fact]
    public void No_type_is_public_that_TorchSharp_lacks() => Assert.Empty(Ours.Types.Except(Theirs.Types));

    [Fact]
    public void No_member_is_public_that_TorchSharp_lacks()
    {
        var extra = new List<string>();
        foreach (var type in Ours.Types.Intersect(Theirs.Types))
        {
            var theirs = Theirs.MembersOf(type, inherited: true);
            foreach (var member in Ours.MembersOf(type, inherited: false).Except(theirs))
                extra.Add($"{type}: {member}; TorchSharp has {string.Join(" and ", theirs.Where(other => NameOf(other) == NameOf(member)).DefaultIfEmpty("nothing of the name"))}");
        }
        Assert.True(extra.Count == 0, string.Join("\n", extra.Order(StringComparer.Ordinal)));
    }

    // The word before the parameters, which start after the tuple that may be returned.
    private static string NameOf(string member)
    {
        var start = member.IndexOf(") ", StringComparison.Ordinal) is var tuple && member.StartsWith('(') ? tuple + 2 : 0;
        var end = member.IndexOf('(', start);
        return (end < 0 ? member : member[start..end]).Split(' ')[^1];
    }
}
