using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules one after another.</summary>
public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<(string Name, nn.Module<Tensor, Tensor> Module)> parts = [];

    /// <summary>Named modules in their order.</summary>
    protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
            Add(name, module);
    }

    /// <summary>Modules in their order, named by their place.</summary>
    protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
        : base(nameof(Sequential))
    {
        foreach (var module in modules)
            append(module);
    }

    /// <summary>The number of modules.</summary>
    public int Count => parts.Count;

    /// <summary>A module by its place.</summary>
    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => parts[index < 0 ? index + parts.Count : index].Module;

    /// <summary>The same modules of a range, under their names.</summary>
    [IndexerName("SequentialItems")]
    public Sequential this[Range index]
    {
        get
        {
            var (start, length) = index.GetOffsetAndLength(parts.Count);
            return new Sequential([.. parts.GetRange(start, length)]);
        }
    }

    /// <summary>One more module at the end.</summary>
    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        Add(name, (nn.Module<Tensor, Tensor>)module);
        return this;
    }

    /// <summary>One more module at the end, named by its place.</summary>
    public Sequential append(nn.IModule<Tensor, Tensor> module) =>
        append(parts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor)
    {
        if (parts.Count == 0)
            return tensor.alias();
        var result = tensor;
        foreach (var (_, module) in parts)
        {
            var next = module.call(result);
            // What only the next module saw goes at once; the graph keeps what it needs.
            if (!ReferenceEquals(result, tensor) && !ReferenceEquals(result, next))
                result.Dispose();
            result = next;
        }
        return result;
    }

    private void Add(string name, nn.Module<Tensor, Tensor> module)
    {
        register_module(name, module);
        parts.Add((name, module));
    }
}
