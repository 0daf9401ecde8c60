using Pyro.Optim;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Optim;

/// <summary>Steps by a gradient that is known.</summary>
internal static class Steps
{
    /// <summary>A store with one parameter, "x".</summary>
    public static ParamStore Store(double x = 1.5, ScalarType dtype = ScalarType.Float64)
    {
        var store = new ParamStore();
        store.GetParam("x", tensor(x, dtype));
        return store;
    }

    /// <summary>Steps by a gradient that is the same everywhere.</summary>
    public static void Take(this PyroOptim optimizer, ParamStore store, double gradient, int times = 1, params string[] names)
    {
        for (var i = 0; i < times; i++)
        {
            using var scope = NewDisposeScope();
            var set = new ParamSet();
            foreach (var name in names.Length == 0 ? ["x"] : names)
            {
                set.Add(store[name]);
                (store[name].Unconstrained * gradient).sum().backward();
            }
            optimizer.Step(set);
        }
    }

    public static double X(this ParamStore store, string name = "x") => store[name].Unconstrained.Number();
}
