using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Pyro.Build.Tests;

/// <summary>What the package's targets tell the generator, and what they refuse before the compiler runs.</summary>
public class GenerationTargetsTests
{
    [TestCase("-property:LangVersion=11.0", "ProbCompiler needs C# 12 or later, and LangVersion is '11.0' in this project.")]
    [TestCase("-property:LangVersion=7.3", "ProbCompiler needs C# 12 or later")]
    [TestCase("-property:_ProbCompilerMSBuild=17.13.9", "ProbCompiler needs the C# compiler of .NET SDK 9.0.300")]
    public void Build_WithoutTheCompilerThatIsNeeded_SaysSoOnce(string property, string sentence)
    {
        var output = Build(property);
        Assert.That(output.Split("error :"), Has.Length.EqualTo(2), output);
        Assert.That(output, Does.Contain(sentence).And.Not.Contain("compiled"));
    }

    [TestCase("-property:LangVersion=12")]
    [TestCase("-property:LangVersion=latest")]
    [TestCase("-property:LangVersion=")]
    [TestCase("-property:_ProbCompilerMSBuild=17.14.0")]
    public void Build_WithTheCompilerThatIsNeeded_Compiles(string property) =>
        Assert.That(Build(property), Does.Contain("compiled").And.Not.Contain("error"));

    [TestCase("-property:Configuration=Debug", "explains true")]
    [TestCase("-property:Configuration=Release", "explains ;")]
    [TestCase("-property:Configuration=Release;ProbCompilerExplain=true", "explains true")]
    public void Explanations_AreInDebugBuildsAndOnRequest(string property, string expected) =>
        Assert.That(Build(property), Does.Contain(expected));

    [TestCase("-property:Nothing=", "with DOTNET_TieredPGO=0;")]
    [TestCase("-property:CscEnvironment=MINE=1", "with MINE=1;")]
    [TestCase("-property:ProbCompilerQuickStart=false", "with ;")]
    public void CompilersOfOneBuild_MakeNoProfilesUnlessToldTo(string property, string expected) =>
        Assert.That(Build(property), Does.Contain(expected));

    [Test]
    public void FilesThatABuildHasWritten_AreNotCompiledAgain()
    {
        var output = Build("-property:EmitCompilerGeneratedFiles=true;CompilerGeneratedFilesOutputPath=Written");
        Assert.That(output, Does.Contain("Mine.cs").And.Contain("Other.g.cs").And.Not.Contain("Mine.Model.g.cs"));
        Assert.That(Build("-property:Nothing="), Does.Contain("Mine.Model.g.cs"));
    }

    // A project that says what it would compile.
    private static string Build(string property)
    {
        var folder = Directory.CreateTempSubdirectory("targets");
        try
        {
            Write("Mine.cs");
            Write("Written/Pyro.Generators/Pyro.Generators.ModelGenerator/Mine.Model.g.cs");
            Write("Written/Other/Other.Generator/Other.g.cs");
            var project = Path.Combine(folder.FullName, "Project.proj");
            File.WriteAllText(project, $"""
                <Project>
                  <ItemGroup><Compile Include="**/*.cs" /></ItemGroup>
                  <Import Project="{Targets()}" />
                  <Target Name="CoreCompile"><Message Importance="high" Text="compiled @(Compile) explains $(ProbCompilerExplain); with $(CscEnvironment);" /></Target>
                </Project>
                """);
            var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-target:CoreCompile", "-nologo", "-verbosity:minimal", "-consoleLoggerParameters:NoSummary", property])
            {
                RedirectStandardOutput = true,
            };
            start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
            using var process = Process.Start(start)!;
            return process.StandardOutput.ReadToEnd();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string path)
        {
            var file = new FileInfo(Path.Combine(folder.FullName, path));
            file.Directory!.Create();
            File.WriteAllText(file.FullName, "");
        }
    }

    private static string Targets([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(path, "../../../src/Pyro.Build/buildTransitive/ProbCompiler.Generation.targets"));
}
