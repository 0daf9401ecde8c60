namespace Pyro.LibTorch.Bindings;

/// <summary>How a parameter type of the tables appears in C#: natively (blittable), in a managed call, and how one becomes the other.</summary>
internal sealed class ParameterKind(string native, string managed, string argument, string? pin = null, string? alive = null,
    string? setUp = null, string? visible = null, string passed = "{0}")
{
    /// <summary>The type that crosses the boundary.</summary>
    public string Native { get; } = native;

    /// <summary>The type that managed callers pass.</summary>
    public string Managed { get; } = managed;

    /// <summary>The expression that crosses the boundary; {0} is the parameter's name.</summary>
    public string Argument { get; } = argument;

    /// <summary>A fixed statement around the call.</summary>
    public string? Pin { get; } = pin;

    /// <summary>What keeps the managed object from being finalized during the call.</summary>
    public string? Alive { get; } = alive;

    /// <summary>A statement before the call.</summary>
    public string? SetUp { get; } = setUp;

    /// <summary>The type in public members.</summary>
    public string Visible { get; } = visible ?? managed;

    /// <summary>What public members pass to the managed call.</summary>
    public string Passed { get; } = passed;

    private const string Handles =
        "System.Span<nint> {0}Handles = {0}.Length <= 16 ? stackalloc nint[{0}.Length] : new nint[{0}.Length];";

    private static readonly Dictionary<string, ParameterKind> Kinds = new()
    {
        ["T"] = new("nint", "torch.Tensor", "torch.Tensor.HandleOf({0})", alive: "System.GC.KeepAlive({0});"),
        ["OT"] = new("nint", "torch.Tensor?", "torch.Tensor.HandleOrNull({0})", alive: "System.GC.KeepAlive({0});"),
        ["Out"] = new("nint", "torch.Tensor?", "torch.Tensor.HandleOrNull({0})", alive: "System.GC.KeepAlive({0});"),
        ["Ts"] = new("NativeSpan", "System.ReadOnlySpan<torch.Tensor>", "new NativeSpan({0}Pinned, {0}.Length)",
            pin: "fixed (nint* {0}Pinned = {0}Handles)", alive: "torch.Tensor.KeepAlive({0});",
            setUp: Handles + " torch.Tensor.HandlesOf({0}, {0}Handles);"),
        ["OTs"] = new("NativeSpan", "System.ReadOnlySpan<torch.Tensor?>", "new NativeSpan({0}Pinned, {0}.Length)",
            pin: "fixed (nint* {0}Pinned = {0}Handles)", alive: "torch.Tensor.KeepAlive({0});",
            setUp: Handles + " torch.Tensor.HandlesOrNull({0}, {0}Handles);"),
        ["Ints"] = new("NativeSpan", "System.ReadOnlySpan<long>", "new NativeSpan({0}Pinned, {0}.Length)",
            pin: "fixed (long* {0}Pinned = {0})"),
        ["Sizes"] = new("NativeSpan", "System.ReadOnlySpan<long>", "new NativeSpan({0}Pinned, {0}.Length)",
            pin: "fixed (long* {0}Pinned = {0})", visible: "long[]"),
        ["Red"] = new("long", "long", "{0}", visible: "torch.nn.Reduction", passed: "(long){0}"),
        ["Norm"] = new("long", "long", "{0}", visible: "FFTNormType", passed: "(long){0}"),
        ["OInts"] = new("NativeSpan", "long[]?", "NativeSpan.OrNone({0}Pinned, {0})", pin: "fixed (long* {0}Pinned = {0})"),
        ["ODoubles"] = new("NativeSpan", "double[]?", "NativeSpan.OrNone({0}Pinned, {0})", pin: "fixed (double* {0}Pinned = {0})"),
        ["OInt"] = new("OptionalLong", "long?", "new OptionalLong({0})"),
        ["ODouble"] = new("OptionalDouble", "double?", "new OptionalDouble({0})"),
        ["Num"] = new("Number", "Number", "{0}", visible: "Scalar", passed: "Number.Of({0})"),
        ["ONum"] = new("Number", "Number", "{0}", visible: "Scalar?", passed: "Number.OrNone({0})"),
        ["Dtype"] = new("sbyte", "torch.ScalarType?", "Options.Code({0})"),
        ["Opts"] = new("Options", "Options", "{0}"),
        ["Gen"] = new("nint", "torch.Generator?", "torch.Generator.HandleOrNull({0})", alive: "System.GC.KeepAlive({0});"),
        ["Str"] = new("NativeSpan", "System.ReadOnlySpan<byte>", "new NativeSpan({0}Pinned, {0}.Length)", pin: "fixed (byte* {0}Pinned = {0})"),
        ["Ptr"] = new("nint", "nint", "{0}"),
        ["i64"] = new("long", "long", "{0}"),
        ["i32"] = new("int", "int", "{0}"),
        ["f64"] = new("double", "double", "{0}"),
        ["f32"] = new("float", "float", "{0}"),
        ["bool"] = new("bool", "bool", "{0}"),
    };

    public static ParameterKind Of(Parameter parameter) =>
        Kinds.TryGetValue(parameter.Type, out var kind) ? kind : throw new FormatException($"The tables have no parameter type {parameter.Type}.");
}
