using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Pyro.LibTorch.Tests.Optim;

/// <summary>Optimizers against PyTorch's, over 20 steps.</summary>
public class OptimizerTests
{
    private static readonly Dictionary<string, Func<Parameter[], Optimizer>> Optimizers = new()
    {
        ["sgd"] = p => SGD(p, 0.02),
        ["sgd momentum"] = p => SGD(p, 0.02, momentum: 0.9, dampening: 0.1, weight_decay: 0.01),
        ["sgd nesterov"] = p => SGD(p, 0.02, momentum: 0.9, nesterov: true),
        ["sgd maximize"] = p => SGD(p, 0.001, momentum: 0.5, maximize: true),
        ["adam"] = p => Adam(p),
        ["adam options"] = p => Adam(p, lr: 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.1),
        ["adam amsgrad"] = p => Adam(p, lr: 0.05, amsgrad: true),
        ["adam maximize"] = p => Adam(p, lr: 0.01, maximize: true),
        ["adamw"] = p => AdamW(p),
        ["adamw options"] = p => AdamW(p, lr: 0.05, beta1: 0.8, beta2: 0.95, weight_decay: 0.1, amsgrad: true),
        ["rmsprop"] = p => RMSProp(p),
        ["rmsprop options"] = p => RMSProp(p, lr: 0.02, alpha: 0.9, eps: 1e-6, weight_decay: 0.1, momentum: 0.5, centered: true),
        ["adagrad"] = p => Adagrad(p),
        ["adagrad options"] = p => Adagrad(p, lr: 0.1, lr_decay: 0.01, weight_decay: 0.1, initial_accumulator_value: 0.2),
        ["adadelta"] = p => Adadelta(p),
        ["adadelta options"] = p => Adadelta(p, lr: 0.5, rho: 0.8, eps: 1e-5, weight_decay: 0.1),
        ["adamax"] = p => Adamax(p),
        ["adamax options"] = p => Adamax(p, lr: 0.05, beta1: 0.8, beta2: 0.95, weight_decay: 0.1),
        ["asgd"] = p => ASGD(p),
        ["asgd options"] = p => ASGD(p, lr: 0.02, lambd: 1e-2, alpha: 0.5, t0: 5, weight_decay: 0.1),
        ["rprop"] = p => Rprop(p),
        ["rprop options"] = p => Rprop(p, lr: 0.05, etaminus: 0.4, etaplus: 1.5, min_step: 1e-4, max_step: 0.5),
        ["radam"] = p => RAdam(p, lr: 0.02, weight_decay: 0.1),
        ["nadam"] = p => NAdam(p),
        ["nadam options"] = p => NAdam(p, lr: 0.05, beta1: 0.8, beta2: 0.95, momentum_decay: 0.1),
        ["lbfgs"] = p => LBFGS(p, lr: 0.1, max_iter: 4, history_size: 3),
        ["lbfgs long"] = p => LBFGS(p, lr: 0.01),
    };

    public static TheoryData<string, ScalarType> Cases()
    {
        var cases = new TheoryData<string, ScalarType>();
        foreach (var name in Expected.Names("optimizers"))
        {
            cases.Add(name, ScalarType.Float64);
            cases.Add(name, ScalarType.Float32);
        }
        return cases;
    }

    [Fact]
    public void What_a_closure_makes_stays_its_callers()
    {
        using var scope = NewDisposeScope();
        var x = new Parameter(tensor(new[] { 3f, -2 }));
        using var optimizer = LBFGS([x], lr: 0.5);
        Tensor? residual = null, loss = null;
        optimizer.step(() =>
        {
            optimizer.zero_grad();
            residual = x - 1;
            loss = residual.square().sum();
            loss.backward();
            return loss;
        });
        Assert.True(loss!.item<float>() < 0.1f);
        Assert.Equal(2, residual!.numel());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_steps_go_where_PyTorch_goes(string name, ScalarType dtype)
    {
        var (w, b) = Expected.Parameters(dtype);
        Compare(name, dtype, w, b);
    }

    // A parameter that is not contiguous takes the way of tensor operations.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_steps_of_tensor_operations_go_there_as_well(string name, ScalarType dtype)
    {
        Assert.SkipWhen(name.StartsWith("lbfgs", StringComparison.Ordinal), "L-BFGS has no other way.");
        var (contiguous, b) = Expected.Parameters(dtype);
        var w = new Parameter(contiguous.detach().t().contiguous().t());
        Assert.False(w.is_contiguous());
        Compare(name, dtype, w, b);
    }

    [Fact]
    public void Many_elements_take_the_same_steps_as_single_ones()
    {
        using var scope = NewDisposeScope();
        foreach (var name in Optimizers.Keys.Where(name => !name.StartsWith("lbfgs", StringComparison.Ordinal)))
        {
            var start = linspace(-1, 1, 37, dtype: ScalarType.Float32);
            var together = new Parameter(start.clone());
            var apart = Enumerable.Range(0, 37).Select(i => new Parameter(start[i].clone())).ToArray();
            using var one = Optimizers[name]([together]);
            using var many = Optimizers[name](apart);
            for (var step = 0; step < 5; step++)
            {
                together.grad = (together.detach() * 3).sin();
                foreach (var parameter in apart)
                    parameter.grad = (parameter.detach() * 3).sin();
                one.step();
                many.step();
            }
            Assert.Equal(Expected.Values(apart), Expected.Values(together));
        }
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays()
    {
        var (w, b) = Expected.Parameters(ScalarType.Float32);
        using var optimizer = Adam([w, b]);
        b.grad = ones_like(b);
        optimizer.step();
        Assert.Equal(0.5 - 1e-3, b.item<float>(), 1e-6);
        Assert.Equal(0.9f, w[0, 0].item<float>());
        Assert.Equal([0, 1], optimizer.state_dict().State.Cast<Adam.State>().Select(state => state.step));
    }

    [Fact]
    public void A_step_is_noticed_by_a_graph_that_needs_the_old_value()
    {
        var w = new Parameter(ones(2));
        using var optimizer = SGD([w], 0.1);
        var loss = w.square().sum();
        w.grad = ones(2);
        optimizer.step();
        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => loss.backward());
        Assert.Contains("modified by an inplace operation", error.Message);
    }

    [Fact]
    public void A_step_returns_the_closures_loss_and_zero_grad_clears()
    {
        var (w, b) = Expected.Parameters(ScalarType.Float64);
        using var optimizer = Adam([w, b]);
        using var loss = optimizer.step(() =>
        {
            var value = Expected.Loss(w, b);
            value.backward();
            return value;
        });
        Assert.Equal(Expected.Loss(Expected.Parameters(ScalarType.Float64).W, Expected.Parameters(ScalarType.Float64).B).item<double>(), loss.item<double>());
        Assert.NotEqual(0, w.grad!.abs().sum().item<double>());
        optimizer.zero_grad();
        Assert.Equal(0, w.grad!.abs().sum().item<double>());
    }

    [Fact]
    public void Groups_have_options_of_their_own()
    {
        var (w, b) = Expected.Parameters(ScalarType.Float64);
        using var optimizer = SGD([new SGD.ParamGroup([w]), new SGD.ParamGroup { Parameters = [b], Options = new SGD.Options { LearningRate = 1 } }], 0.5);
        Assert.Equal([1e-3, 1], optimizer.ParamGroups.Select(group => group.LearningRate));
        w.grad = ones_like(w);
        b.grad = ones_like(b);
        optimizer.step();
        Assert.Equal(0.9 - 1e-3, w[0, 0].item<double>(), 1e-12);
        Assert.Equal(-0.5, b.item<double>(), 1e-12);

        var c = new Parameter(zeros(1));
        optimizer.add_param_group(new ParamGroup<SGD.Options> { Parameters = [c] });
        Assert.Equal(0.5, optimizer.ParamGroups.Last().LearningRate);
        Assert.Same(c, optimizer.parameters().Last());
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new ParamGroup<SGD.Options> { Parameters = [c] }));
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new Adam.ParamGroup { Parameters = [new Parameter(zeros(1))], Options = new Adam.Options() }));
    }

    [Fact]
    public void Options_outside_their_range_are_refused()
    {
        Parameter[] none = [];
        Assert.Throws<ArgumentException>(() => Adam(none, lr: -1));
        Assert.Throws<ArgumentException>(() => Adam(none, beta1: 1));
        Assert.Throws<ArgumentException>(() => AdamW(none, eps: double.NaN));
        Assert.Throws<ArgumentException>(() => SGD(none, 0.1, momentum: -1));
        Assert.Throws<ArgumentException>(() => Adadelta(none, rho: 2));
        Assert.Throws<ArgumentNullException>(() => Adam((IEnumerable<Parameter>)null!));
        Assert.Throws<ArgumentNullException>(() => Adam([(Parameter)null!]));
    }

    [Fact]
    public void A_disposed_parameter_says_so()
    {
        var w = new Parameter(ones(2));
        using var optimizer = Adam([w]);
        w.Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.step());
    }

    private static void Compare(string name, ScalarType dtype, Parameter w, Parameter b)
    {
        using var optimizer = Optimizers[name]([w, b]);
        var expected = Expected.Rows("optimizers", name, dtype == ScalarType.Float64 ? "float64" : "float32");
        var quasiNewton = name.StartsWith("lbfgs", StringComparison.Ordinal);
        // L-BFGS divides by differences of gradients, in which the last bits of a dot product grow; those are not the same on all processors.
        var tolerance = (dtype, quasiNewton) switch
        {
            (ScalarType.Float64, false) => 1e-12,
            (ScalarType.Float64, true) => 1e-9,
            (_, false) => 3e-6,
            (_, true) => 1e-3,
        };
        var row = 0;
        for (var step = 1; step <= 20; step++)
        {
            using var scope = NewDisposeScope();
            Tensor Loss()
            {
                optimizer.zero_grad();
                var value = Expected.Loss(w, b);
                value.backward();
                return value;
            }
            if (quasiNewton)
            {
                optimizer.step(Loss);
            }
            else
            {
                Loss();
                optimizer.step();
            }
            if (step is 1 or 2 or 5 or 20)
                Assert.All(Expected.Values(w, b).Zip(expected[row++]), pair => Assert.Equal(pair.Second, pair.First, tolerance * (1 + Math.Abs(pair.Second))));
        }
    }
}
