using Microsoft.CodeAnalysis;
using Pyro.Generators;
using Pyro.Testing.Generation;

namespace Pyro.Analyzers.Tests.Programs;

/// <summary>The sites of a library's program are the caller's: diagnostics know those that are certain, and are silent where something is not.</summary>
public sealed class LibraryProgramTests
{
    private const string Parts = """
        namespace Lib;

        public static partial class Parts
        {
            [Model] public static Tensor Prior() => Sample("mu", new Normal(0f, 1f));

            [Model] public static Tensor Scale(float by = 1f) => Sample("tau", new HalfNormal(by));

            [Model] public static Tensor Either(bool flag) => flag ? Sample("left", new Normal(0f, 1f)) : Sample("right", new Normal(0f, 1f));

            [Model] public static void Likelihood(Tensor data)
            {
                using (IArange("rows", data.shape[0]))
                    Observe("x", new Normal(0f, 1f), data);
                Deterministic("twice", data * 2);
            }

            [Model] public static Tensor Learned() => Sample("w", new Normal(Param("loc", 0f), 1f));

            [Model] public static void Family(int n)
            {
                for (var t = 0; t < n; t++)
                    Sample($"z_{t}", new Normal(0f, 1f));
            }

            [Model] public static Tensor Given(Tensor? data) => Sample("given", new Normal(0f, 1f), obs: data);

            [Model] public static Tensor Choice() => Sample("choice", new Bernoulli(0.5f));

            [Model] public static Tensor Simplex(Tensor ones) => Sample("simplex", new Dirichlet(ones));

            [Model(Dynamic = true)] public static Tensor Named(string name) => Sample(name, new Normal(0f, 1f)) + Sample("mu", new Normal(0f, 1f));

            [Model] public static Tensor Helped() => Help() + Sample("mu", new Normal(0f, 1f));

            public static Tensor Help() => Sample("helped", new Normal(0f, 1f));

            [Model] public static Tensor Passed(Func<Tensor> inner) => inner() + Sample("mu", new Normal(0f, 1f));

            [Guide(nameof(Prior))] public static void PriorGuide() => Sample("mu", new Normal(0f, 1f));

            [Guide(nameof(Family))] public static void FamilyGuide(int n)
            {
                for (var t = 0; t < n; t++)
                    Sample($"z_{t}", new Normal(0f, 1f));
            }
        }

        public partial class Network
        {
            [Model] public Tensor Inner() => Sample("inner", new Normal(0f, 1f));

            [Model] public virtual Tensor Open() => Sample("open", new Normal(0f, 1f));
        }
        """;

    private static readonly MetadataReference[] _lib = [GeneratorHarness.Library(new ModelGenerator(), "Lib", Parts)];

    private static readonly MetadataReference[] _plain = [GeneratorHarness.Library(generator: null, "Lib", Parts)];

    [TestCase("""Lib.Parts.Prior(); Sample({|PYRO010:"mu"|}, new Normal(0f, 1f));""", TestName = "{m}(own site behind it)")]
    [TestCase("""Sample("mu", new Normal(0f, 1f)); {|PYRO010:Lib.Parts.Prior()|};""", TestName = "{m}(own site before it)")]
    [TestCase("""Lib.Parts.Prior(); {|PYRO010:Lib.Parts.Prior()|};""", TestName = "{m}(called twice)")]
    [TestCase("""Lib.Parts.Scale(); {|PYRO010:Lib.Parts.Scale(by: 2f)|};""", TestName = "{m}(called twice with other arguments)")]
    [TestCase("""new Lib.Network().Inner(); Sample({|PYRO010:"inner"|}, new Normal(0f, 1f));""", TestName = "{m}(on an object)")]
    [TestCase("""Lib.Parts.Likelihood(x); Observe({|PYRO010:"x"|}, new Normal(0f, 1f), x);""", TestName = "{m}(an observation)")]
    [TestCase("""Lib.Parts.Learned(); Sample({|PYRO010:"loc"|}, new Normal(0f, 1f));""", TestName = "{m}(a parameter and a site)")]
    [TestCase("""Inner(); {|PYRO010:Lib.Parts.Prior()|};""", """static void Inner() { Lib.Parts.Prior(); }""", TestName = "{m}(by a method of the type)")]
    public Task DuplicateName_OfACertainSite_IsReported(string body, string members = "") => Verify.Diagnostics(_lib, Source.Model(body, members));

    [TestCase("""Lib.Parts.Prior(); Sample("other", new Normal(0f, 1f));""", TestName = "{m}(another name)")]
    [TestCase("""if (flag) Lib.Parts.Prior(); else Sample("mu", new Normal(0f, 1f));""", TestName = "{m}(branches that exclude each other)")]
    [TestCase("""if (flag) Lib.Parts.Prior(); else Lib.Parts.Prior();""", TestName = "{m}(one call on each branch)")]
    [TestCase("""Lib.Parts.Either(flag); if (!flag) Sample("left", new Normal(0f, 1f));""", TestName = "{m}(a site that is not certain)")]
    [TestCase("""Lib.Parts.Either(true); Lib.Parts.Either(false);""", TestName = "{m}(called twice, with another site)")]
    [TestCase("""Lib.Parts.Learned(); Param("loc", 0f);""", TestName = "{m}(a parameter twice)")]
    [TestCase("""Lib.Parts.Family(n); Sample("z_0", new Normal(0f, 1f));""", TestName = "{m}(a member of a family, which may be empty)")]
    [TestCase("""Action later = () => Lib.Parts.Prior(); if (n > 0) later(); else Sample("mu", new Normal(0f, 1f));""", TestName = "{m}(in a lambda)")]
    [TestCase("""var network = new Lib.Network(); network.Open(); Sample("open", new Normal(0f, 1f));""", TestName = "{m}(a method that may be overridden)")]
    public Task DuplicateName_OfASiteThatIsNotCertain_IsSilent(string body) => Verify.Diagnostics(_lib, Source.Model(body));

    [TestCase("""for (var i = 0; i < n; i++) {|PYRO011:Lib.Parts.Prior()|};""", TestName = "{m}(a for loop)")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("items", n)|}) {|PYRO011:Lib.Parts.Prior()|};""", TestName = "{m}(a plate that is a loop)")]
    [TestCase("""while (n-- > 0) {|PYRO011:new Lib.Network().Inner()|};""", TestName = "{m}(on an object)")]
    [TestCase("""for (var i = 0; i < n; i++) {|PYRO011:Inner()|};""", """static void Inner() { Lib.Parts.Prior(); }""",
        TestName = "{m}(by a method of the type)")]
    public Task SameNameInLoop_OfACertainSite_IsReported(string body, string members = "") => Verify.Diagnostics(_lib, Source.Model(body, members));

    [TestCase("""for (var i = 0; i < n; i++) Lib.Parts.Either(flag);""", TestName = "{m}(a site that is not certain)")]
    [TestCase("""for (var i = 0; i < n; i++) if (i == 0) Lib.Parts.Prior();""", TestName = "{m}(one iteration)")]
    [TestCase("""while (n > 0) { Lib.Parts.Prior(); break; }""", TestName = "{m}(left at once)")]
    [TestCase("""using (IArange("items", 3)) Lib.Parts.Prior();""", TestName = "{m}(a plate that is a dimension)")]
    [TestCase("""for (var i = 0; i < n; i++) Lib.Parts.Family(i);""", TestName = "{m}(a family)")]
    public Task SameNameInLoop_OfASiteThatIsNotCertain_IsSilent(string body) => Verify.Diagnostics(_lib, Source.Model(body));

    [TestCase("Lib.Parts.Prior();", """Sample("other", new Normal(0f, 1f), new SiteOptions { IsAuxiliary = true });""", TestName = "{m}(a latent)")]
    [TestCase("Lib.Parts.Prior(); Lib.Parts.Scale();", """Sample("mu", new Normal(0f, 1f));""", TestName = "{m}(one of two)")]
    [TestCase("if (flag) Lib.Parts.Prior();", "", TestName = "{m}(called on one branch)")]
    [TestCase("Lib.Parts.Either(flag);", """Sample("left", new Normal(0f, 1f));""", TestName = "{m}(on one branch of the library)")]
    [TestCase("Lib.Parts.Family(3);", "", TestName = "{m}(a family)")]
    [TestCase("new Lib.Network().Inner();", "", TestName = "{m}(on an object)")]
    [TestCase("Lib.Parts.Prior(); Lib.Parts.Family(3);", "Lib.Parts.PriorGuide();", TestName = "{m}(beside one that a library's guide has)")]
    [TestCase("Inner();", "", "static void Inner() { Lib.Parts.Prior(); }", TestName = "{m}(by a method of the type)")]
    public Task SiteMissingInGuide_OfALibrary_IsReported(string model, string guide, string members = "") =>
        Verify.Diagnostics(_lib, Source.Pair(model, guide, "{|PYRO020:Guide|}", members));

    [TestCase("Lib.Parts.Prior();", "if (flag) Sample({|PYRO020:\"mu\"|}, new Normal(0f, 1f));")]
    public Task SiteMissingInGuide_OnSomeOfItsPaths_IsReported(string model, string guide) => Verify.Diagnostics(_lib, Source.Pair(model, guide));

    [Test]
    public async Task SiteMissingInGuide_OfALibrary_NamesSiteAndModel() => Assert.That(
        await Verify.Message(_lib, Source.Pair("Lib.Parts.Prior();", "", "{|PYRO020:Guide|}")),
        Is.EqualTo("Guide 'Guide' lacks the latent site 'mu' of its model 'Model'"));

    [TestCase("Lib.Parts.Prior();", """Sample("mu", new Normal(0f, 1f));""", TestName = "{m}(a latent)")]
    [TestCase("Lib.Parts.Prior();", "Lib.Parts.PriorGuide();", TestName = "{m}(in a library's guide)")]
    [TestCase("Sample(\"mu\", new Normal(0f, 1f));", "Lib.Parts.PriorGuide();", TestName = "{m}(own latent in a library's guide)")]
    [TestCase("for (var t = 0; t < 3; t++) Sample($\"z_{t}\", new Normal(0f, 1f));", "Lib.Parts.FamilyGuide(3);",
        TestName = "{m}(own family in a library's guide)")]
    [TestCase("Lib.Parts.Likelihood(x);", "", TestName = "{m}(an observation)")]
    [TestCase("Lib.Parts.Given(x);", "", TestName = "{m}(a site whose value may be given)")]
    [TestCase("Lib.Parts.Learned();", """Sample("w", new Normal(0f, 1f));""", TestName = "{m}(a parameter)")]
    [TestCase("Lib.Parts.Family(3);", """for (var t = 0; t < 3; t++) Sample($"z_{t}", new Normal(0f, 1f));""", TestName = "{m}(a family)")]
    [TestCase("Lib.Parts.Either(flag);", """if (flag) Sample("left", new Normal(0f, 1f)); else Sample("right", new Normal(0f, 1f));""",
        TestName = "{m}(branches of both)")]
    [TestCase("if (flag) Lib.Parts.Prior();", """if (flag) Sample("mu", new Normal(0f, 1f));""", TestName = "{m}(called on one branch)")]
    [TestCase("Lib.Parts.Prior();", "Lib.Parts.Named(\"a\");", TestName = "{m}(a guide of a library with names that are not known)")]
    [TestCase("Lib.Parts.Prior();", "Lib.Parts.Help();", TestName = "{m}(a guide that calls what is no program)")]
    public Task SiteMissingInGuide_ThatIsThereOrMayBe_IsSilent(string model, string guide) => Verify.Diagnostics(_lib, Source.Pair(model, guide));

    [Test]
    public Task SiteMissingInGuide_OfASiteThatAHandlerGives_IsSilent() => Verify.Diagnostics(_lib, Source.Pair("Lib.Parts.Prior();", "") + """

        public static class Use
        {
            public static object Conditioned() => Pyro.Poutines.Handlers.Condition(Models.CompiledModel, new Dictionary<string, Tensor> { ["mu"] = zeros(1) });
        }
        """);

    [TestCase("Lib.Parts.Prior();", """Sample("mu", new Normal(0f, 1f)); Sample({|PYRO021:"nu"|}, new Normal(0f, 1f));""", TestName = "{m}(no such site)")]
    [TestCase("Lib.Parts.Likelihood(x);", """Sample({|PYRO021:"x"|}, new Normal(0f, 1f));""", TestName = "{m}(an observation)")]
    public Task SiteMissingInModel_OfAModelThatCallsALibrary_IsReported(string model, string guide) => Verify.Diagnostics(_lib, Source.Pair(model, guide));

    [TestCase("Lib.Parts.Given(x);", """Sample("given", new Normal(0f, 1f));""", TestName = "{m}(a site whose value may be given)")]
    [TestCase("Lib.Parts.Family(3);", """Sample("z_1", new Normal(0f, 1f)); for (var t = 0; t < 3; t++) Sample($"z_{t}", new Normal(0f, 1f));""",
        TestName = "{m}(a member of a family)")]
    [TestCase("Lib.Parts.Named(\"nu\");", """Sample("nu", new Normal(0f, 1f)); Sample("mu", new Normal(0f, 1f));""",
        TestName = "{m}(a name that is known at run time)")]
    [TestCase("Lib.Parts.Helped();", """Sample("helped", new Normal(0f, 1f)); Sample("mu", new Normal(0f, 1f));""",
        TestName = "{m}(a site behind a method of the library)")]
    [TestCase("Lib.Parts.Passed(() => Sample(\"inner\", new Normal(0f, 1f)));", """Sample("inner", new Normal(0f, 1f)); Sample("mu", new Normal(0f, 1f)); Sample("any", new Normal(0f, 1f));""",
        TestName = "{m}(a site in a function that the library is given)")]
    [TestCase("new Lib.Network().Open();", """Sample("any", new Normal(0f, 1f));""", TestName = "{m}(a method that may be overridden)")]
    [TestCase("Lib.Parts.Help();", """Sample("any", new Normal(0f, 1f));""", TestName = "{m}(a method that is no program)")]
    public Task SiteMissingInModel_OfASiteThatMayBeThere_IsSilent(string model, string guide) => Verify.Diagnostics(_lib, Source.Pair(model, guide));

    [TestCase("Lib.Parts.Scale();", """Sample("tau", new {|PYRO022:Normal|}(0f, 1f));""", TestName = "{m}(support)")]
    [TestCase("Lib.Parts.Choice();", """Sample("choice", new {|PYRO023:Normal|}(0f, 1f));""", TestName = "{m}(a density for a mass)")]
    [TestCase("Lib.Parts.Prior();", """Sample("mu", new {|PYRO023:Poisson|}(1f));""", TestName = "{m}(a mass for a density)")]
    [TestCase("Lib.Parts.Simplex(x);", """{|PYRO024:Sample|}("simplex", new Dirichlet(x).ToEvent(1));""", TestName = "{m}(event)")]
    [TestCase("Lib.Parts.Scale();", """Sample("tau", new LogNormal(0f, 1f));""", TestName = "{m}(none)")]
    [TestCase("Lib.Parts.Simplex(x);", """Sample("simplex", new Delta(x));""", TestName = "{m}(a point)")]
    [TestCase("if (flag) Lib.Parts.Scale(); else Sample(\"tau\", new Normal(0f, 1f));", """Sample("tau", new Normal(0f, 1f));""",
        TestName = "{m}(an own site beside it)")]
    public Task Misfits_WithALibrarysSite_AreReported(string model, string guide) => Verify.Diagnostics(_lib, Source.Pair(model, guide));

    [Test]
    public async Task Misfit_WithALibrarysSite_NamesBothSets() => Assert.That(
        await Verify.Message(_lib, Source.Pair("Lib.Parts.Scale();", """Sample("tau", new {|PYRO022:Normal|}(0f, 1f));""")),
        Is.EqualTo("Site 'tau' may be outside the model's support: Normal gives any value that is a finite number, "
            + "HalfNormal wants one that is zero or positive"));

    [TestCase("""Models.CompiledModel.Condition(new Dictionary<string, Tensor> { [{|PYRO013:"nu"|}] = zeros(1) })""", TestName = "{m}(no such name)")]
    [TestCase("""Models.CompiledModel.Condition(new Dictionary<string, Tensor> { ["mu"] = zeros(1), ["x"] = zeros(1), ["a"] = zeros(1) })""",
        TestName = "{m}(sites)")]
    [TestCase("""Models.CompiledModel.Trace((true, 1, zeros(1), zeros(1)))["twice"]""", TestName = "{m}(a value)")]
    [TestCase("""Models.CompiledModel.Trace((true, 1, zeros(1), zeros(1)))["rows"]""", TestName = "{m}(a plate)")]
    [TestCase("""Lib.Parts.CompiledPrior.Condition(new Dictionary<string, Tensor> { ["mu"] = zeros(1) })""", TestName = "{m}(a library's own program)")]
    [TestCase("""Lib.Parts.CompiledPrior.Condition(new Dictionary<string, Tensor> { [{|PYRO013:"nu"|}] = zeros(1) })""",
        TestName = "{m}(no such name in a library's own program)")]
    [TestCase("""Lib.Parts.CompiledNamed.Condition(new Dictionary<string, Tensor> { ["nu"] = zeros(1) })""",
        TestName = "{m}(a library's program with names that are not known)")]
    [TestCase("""Lib.Parts.CompiledFamily.Condition(new Dictionary<string, Tensor> { ["z_7"] = zeros(1) })""", TestName = "{m}(a member of a family)")]
    public Task NoSuchName_KnowsThoseOfALibrary(string use) =>
        Verify.Diagnostics(_lib, "using Pyro.Poutines;\n" + Source.Model("Sample(\"a\", new Normal(0f, 1f)); Lib.Parts.Prior(); Lib.Parts.Likelihood(x);")
            + $$"""

            public static class Use { public static object It() => {{use}}; }
            """);

    [Test]
    public Task SiteMissingInModel_BehindAMethodOfAnotherType_IsSilent() =>
        Verify.Diagnostics(_lib, Source.Pair("Other.Inner();", """Sample("mu", new Normal(0f, 1f));""") + """

        public static class Other { public static Tensor Inner() => Lib.Parts.Prior(); }
        """);

    // An editor hands over the compilations of other projects, with their sources.
    [TestCase("""Lib.Parts.Prior(); {|PYRO010:Lib.Parts.Prior()|};""", "")]
    [TestCase("", """public partial class Derived : Lib.Network { [Guide(nameof(Inner))] public Tensor Guide() => Sample("other", new Normal(0f, 1f)); }""")]
    public Task Diagnostics_WithAProjectOfAnEditor_AreThoseOfItsAssembly(string body, string type)
    {
        var project = GeneratorHarness.With(
            new ModelGenerator(), GeneratorHarness.Compile(("Lib.cs", GeneratorHarness.Usings + Parts)).WithAssemblyName("Lib"));
        return Verify.Diagnostics([project.ToMetadataReference()], Source.Model(body) + "\n" + type);
    }

    // What was built with an older generator, or without one, says nothing.
    [TestCase("Lib.Parts.Prior(); Sample(\"mu\", new Normal(0f, 1f));", "Sample(\"any\", new Normal(0f, 1f));")]
    [TestCase("for (var i = 0; i < n; i++) Lib.Parts.Prior();", "")]
    public Task Diagnostics_OfALibraryThatSaysNothing_AreSilent(string model, string guide) =>
        Verify.Diagnostics(_plain, Source.Pair(model, guide + """ Sample("mu", new Normal(0f, 1f));"""));
}
