using Pyro.LibTorch;

namespace TorchSharp.Modules;

/// <summary>The options of a group of parameters.</summary>
public class OptimizerOptions
{
    private double? rate;
    private double initialRate;

    /// <summary>The learning rate.</summary>
    public double? LearningRate
    {
        get => rate;
        set => rate = value;
    }

    /// <summary>The learning rate that schedules start from.</summary>
    public double InitialLearningRate
    {
        get => initialRate;
        set => initialRate = value;
    }

    /// <summary>Writes the options.</summary>
    public virtual void SaveStateDict(BinaryWriter writer) => Visit(new FieldWriter(writer));

    /// <summary>Reads options that SaveStateDict wrote.</summary>
    /// <exception cref="InvalidDataException">The data are truncated, or no such options.</exception>
    public virtual void LoadStateDict(BinaryReader reader) => TensorFile.Guard(() =>
    {
        Visit(new FieldReader(reader));
        return this;
    });

    /// <summary>Takes over the values of other options of the same kind.</summary>
    public virtual void LoadStateDict(OptimizerOptions source) => Assign(source, onlyMissing: false);

    /// <summary>Takes what has no value here from the optimizer's own options.</summary>
    internal void Complete(OptimizerOptions defaults)
    {
        Assign(defaults, onlyMissing: true);
        initialRate = rate.GetValueOrDefault();
    }

    internal virtual void Visit(IFields fields)
    {
        fields.Visit(ref initialRate);
        fields.Visit(ref rate);
    }

    private void Assign(OptimizerOptions source, bool onlyMissing)
    {
        if (source.GetType() != GetType())
            throw new ArgumentException($"Options of {source.GetType().DeclaringType?.Name} for a group of {GetType().DeclaringType?.Name}.", nameof(source));
        var values = new FieldValues();
        source.Visit(values);
        Visit(new FieldAssigner(values.Values, null, onlyMissing));
    }
}
