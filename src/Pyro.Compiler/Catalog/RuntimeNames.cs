namespace Pyro.Compiler.Catalog;

/// <summary>The runtime's types and members, by the names that the compiler knows them by.</summary>
public static class RuntimeNames
{
    /// <summary>The attribute of models.</summary>
    public const string ModelAttribute = "Pyro.ModelAttribute";

    /// <summary>The attribute of guides.</summary>
    public const string GuideAttribute = "Pyro.GuideAttribute";

    /// <summary>The namespace of what generated code is made of.</summary>
    public const string Programs = "Pyro.Programs";

    /// <summary>A site's class.</summary>
    public const string Site = Programs + ".Site";

    /// <summary>More of what generated code speaks of.</summary>
    public const string Program = Programs + ".Program`2", RunContext = Programs + ".RunContext", SiteKind = Programs + ".SiteKind",
        SiteTable = Programs + ".SiteTable", SiteGraph = Programs + ".SiteGraph", SiteEdge = Programs + ".SiteEdge", Plate = Programs + ".Plate",
        SiteValues = Programs + ".SiteValues", FamilyValues = Programs + ".FamilyValues`1", SourceSpan = Programs + ".SourceSpan",
        DensityReport = Programs + ".DensityReport", LoopReport = Programs + ".LoopReport", Trace = "Pyro.Traces.Trace", Unit = "Pyro.Unit",
        ReadOnlyList = "System.Collections.Generic.IReadOnlyList`1", InstanceTable = "System.Runtime.CompilerServices.ConditionalWeakTable`2",
        GeneratedCode = "System.CodeDom.Compiler.GeneratedCodeAttribute", NonUserCode = "System.Diagnostics.DebuggerNonUserCodeAttribute",
        EditorBrowsable = "System.ComponentModel.EditorBrowsableAttribute", EditorBrowsableState = "System.ComponentModel.EditorBrowsableState";

    /// <summary>What generated code says of a program and of its sites to other assemblies.</summary>
    public const string CalledProgram = Programs + ".CalledProgramAttribute", CalledSite = Programs + ".CalledSiteAttribute";

    /// <summary>All types that generated code speaks of.</summary>
    public static IReadOnlyList<string> Written { get; } =
    [
        Site, Program, RunContext, SiteKind, SiteTable, SiteGraph, SiteEdge, Plate, SiteValues, FamilyValues, SourceSpan, DensityReport, LoopReport, Trace, Unit,
        CalledProgram, CalledSite, Tensor, ReadOnlyList, InstanceTable, GeneratedCode, NonUserCode, EditorBrowsable, EditorBrowsableState,
    ];

    /// <summary>The class of the primitives.</summary>
    public const string Primitives = "Pyro.Primitives";

    /// <summary>TorchSharp: its namespace with what follows, the class of its functions, its tensors, the namespace of its layers.</summary>
    public const string TorchSharp = "TorchSharp.", Torch = TorchSharp + "torch", Tensor = Torch + ".Tensor", Modules = TorchSharp + "Modules";

    /// <summary>The namespace of the checked methods and functions of TorchSharp, and their classes.</summary>
    public const string Checks = "Pyro.Checks", CheckedTensor = Checks + ".CheckedTensor", CheckedTorch = Checks + ".CheckedTorch";

    /// <summary>The method of <see cref="CheckedTensor"/> that an index goes through.</summary>
    public const string CheckedIndex = "checked_index";

    /// <summary>The type of learned tensors.</summary>
    public const string Parameter = Modules + ".Parameter";

    /// <summary>The base of all networks.</summary>
    public const string Module = Torch + ".nn.Module";

    /// <summary>The namespace of the distributions.</summary>
    public const string Distributions = "Pyro.Distributions";

    /// <summary>The base of all distributions.</summary>
    public const string Distribution = Distributions + ".Distribution";

    /// <summary>The distribution of values of any type.</summary>
    public const string CategoricalOf = Distributions + ".Categorical<T>";

    /// <summary>The sets that supports and domains are named with, in the namespace of <see cref="FamilyAttribute"/>.</summary>
    public const string Constraints = "Constraints";

    /// <summary>Sets that parameters are learned in.</summary>
    public const string Real = "Real", Positive = "Positive", NonNegative = "NonNegative";

    /// <summary>What a class of distributions says of itself and of its arguments, and what a set says of its numbers.</summary>
    public const string FamilyAttribute = Distributions + ".FamilyAttribute", DomainAttribute = Distributions + ".DomainAttribute",
        SupportAttribute = Distributions + ".SupportAttribute", NumbersAttribute = Distributions + ".NumbersAttribute";

    /// <summary>What makes a distribution of another; <see cref="Mask"/> is one too.</summary>
    public const string Expand = "Expand", ToEvent = "ToEvent";

    /// <summary>The parameter of a distribution's constructor that says whether gradients flow through samples.</summary>
    public const string Reparameterized = "reparameterized";

    /// <summary>The primitives that act at a site.</summary>
    public const string Sample = "Sample", Observe = "Observe", Param = "Param", Factor = "Factor", Deterministic = "Deterministic";

    /// <summary>The primitives that open a plate.</summary>
    public const string IArange = "IArange", IRange = "IRange";

    /// <summary>The primitives that open a block of weights.</summary>
    public const string Scale = "Scale", Mask = "Mask";

    /// <summary>The primitives that run programs of their own.</summary>
    public const string MapData = "MapData", RandomModule = "RandomModule";

    /// <summary>The namespaces whose members run programs, as <see cref="Programs"/> does.</summary>
    public const string Poutines = "Pyro.Poutines", Infer = "Pyro.Infer";

    /// <summary>The parameter of every primitive that takes the name.</summary>
    public const string NameParameter = "name";

    /// <summary>The parameter of Sample that takes a value which may be there.</summary>
    public const string ObservedParameter = "obs";
}
