using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>A tensor that a rule keeps of a parameter from step to step, and the numbers that it may hold.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNotNegative">
/// Whether its numbers are from 0 to infinity, as those of squares are: infinite where the square of a finite gradient is. Where not, they are finite.
/// </param>
/// <param name="IsOptional">Whether the rule keeps it with some options only.</param>
public readonly record struct StateSlot(string Name, bool IsNotNegative = false, bool IsOptional = false)
{
    // From here on a count is no longer exact as the floating-point number that rules make of it.
    private const long MostSteps = 1L << 53;

    /// <summary>What a state is that none of a rule's can be; null where it may be one.</summary>
    /// <param name="state">The state.</param>
    /// <param name="slots">What the rule keeps; null where it does not say.</param>
    internal static string? Find(OptimState state, IReadOnlyList<StateSlot>? slots)
    {
        if (state.Steps is < 0 or > MostSteps)
            return $"{state.Steps} steps, which no run has";
        foreach (var (name, tensor) in state.Slots)
        {
            if (!tensor.is_floating_point())
                return $"'{name}' has numbers of type {tensor.dtype}";
            if (!tensor.Sizes().AsSpan().SequenceEqual(state.Shape))
                return $"'{name}' has shape {Shapes.Format(tensor.Sizes())} and the parameter {Shapes.Format(state.Shape!)}";
            if (slots is null)
            {
                if (Holds(tensor.isnan().any()))
                    return $"'{name}' is NaN somewhere";
                continue;
            }
            var slot = slots.FirstOrDefault(slot => slot.Name == name);
            if (slot.Name is null)
                return $"'{name}' is not among what it keeps";
            if (slot.IsNotNegative && !Holds((tensor >= 0).all()))
                return $"'{name}' is negative or NaN somewhere";
            if (!slot.IsNotNegative && Constraints.Real.Find(tensor) is { } found)
                return $"'{name}' is {found} somewhere";
        }
        foreach (var slot in slots ?? [])
            if (!slot.IsOptional && !state.Has(slot.Name))
                return $"'{slot.Name}' is missing";
        return null;
    }

    /// <summary>Whether a state's tensors stand in the order in which a rule makes them, which tells rules apart that keep tensors of the same names.</summary>
    internal static bool AreInOrder(OptimState state, IReadOnlyList<StateSlot>? slots)
    {
        var at = 0;
        foreach (var slot in slots ?? [])
            if (at < state.Slots.Count && state.Slots[at].Name == slot.Name)
                at++;
        return slots is null || at == state.Slots.Count;
    }

    private static bool Holds(Tensor truth) => truth.Number<bool>();
}
