using System.Reflection;
using TorchSharp;

namespace Pyro.LibTorch.Tests;

/// <summary>Our TorchSharp.dll beside the real one: whatever compiles against ours has to compile, with the same meaning, against theirs.</summary>
public class SurfaceTests
{
    private static readonly Surface Ours = Surface.Of(typeof(torch).Assembly.Location);

    private static readonly Surface Theirs = Surface.Of(typeof(SurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "TorchSharp").Value!);

    [Fact]
    public void No_type_is_public_that_TorchSharp_lacks() => Assert.Empty(Ours.Types.Except(Theirs.Types));

    [Fact]
    public void No_member_is_public_that_TorchSharp_lacks()
    {
        var extra = new List<string>();
        foreach (var type in Ours.Types.Intersect(Theirs.Types))
            extra.AddRange(Ours.MembersOf(type, inherited: false).Except(Theirs.MembersOf(type, inherited: true)).Select(member => $"{type}: {member}"));
        Assert.True(extra.Count == 0, string.Join("\n", extra.Order(StringComparer.Ordinal)));
    }
}
