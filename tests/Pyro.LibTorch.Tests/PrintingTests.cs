using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

public class PrintingTests
{
    // The expected texts are what Python's repr gives for the same tensors.
    public static TheoryData<Func<Tensor>, string> Texts() => new()
    {
        { () => tensor(0.5f), "tensor(0.5000)" },
        { () => tensor(0.5), "tensor(0.5000, dtype=torch.float64)" },
        { () => tensor(3L), "tensor(3)" },
        { () => tensor(3), "tensor(3, dtype=torch.int32)" },
        { () => tensor([true, false]), "tensor([ True, False])" },
        { () => tensor([1f, 2f, -3f]), "tensor([ 1.,  2., -3.])" },
        { () => tensor([0.001f, 100f]), "tensor([1.0000e-03, 1.0000e+02])" },
        { () => tensor([1f, float.NaN, float.PositiveInfinity]), "tensor([1., nan, inf])" },
        { () => tensor([1.5f, float.NaN, float.NegativeInfinity]), "tensor([1.5000,    nan,   -inf])" },
        { () => zeros(2), "tensor([0., 0.])" },
        { () => tensor([float.NaN, 0f]), "tensor([nan, 0.])" },
        { () => tensor([1e10f, 1f]), "tensor([1.0000e+10, 1.0000e+00])" },
        { () => complex(tensor([1f, 3f]), tensor([2f, -4f])), "tensor([1.+2.j, 3.-4.j])" },
        { () => zeros(0), "tensor([])" },
        { () => zeros(0, 3), "tensor([], size=(0, 3))" },
        { () => arange(4).reshape(2, 2), "tensor([[0, 1],\n        [2, 3]])" },
        { () => arange(4).reshape(1, 2, 2), "tensor([[[0, 1],\n         [2, 3]]])" },
        { () => arange(30), "tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,\n        18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29])" },
        { () => arange(2000), "tensor([   0,    1,    2,  ..., 1997, 1998, 1999])" },
        { () => zeros(2, 3, device: META), "tensor(..., device='meta', size=(2, 3))" },
        { () => zeros(3, dtype: ScalarType.Int64, device: META), "tensor(..., device='meta', size=(3,), dtype=torch.int64)" },
        { () => ones(2, requires_grad: true), "tensor([1., 1.], requires_grad=True)" },
        { () => ones(2, requires_grad: true).mul(full(2, 2f)), "tensor([2., 2.], grad_fn=<MulBackward0>)" },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void A_tensor_prints_as_in_PyTorch(Func<Tensor> make, string expected) => Assert.Equal(expected, make().ToString());

    [Fact]
    public void Other_notations_are_there_by_name()
    {
        var matrix = tensor(new[,] { { 1.5f, 2f }, { 3f, 4f } });
        Assert.Equal("[2x2], type = Float32, device = cpu", matrix.metastr());
        Assert.Equal("[[1.5 2]\n [3 4]]", matrix.npstr());
        Assert.Equal("[2x2], type = Float32, device = cpu\n1.5 2\n3 4", matrix.jlstr());
        Assert.Equal("type = Float32, value = \n{{1.5, 2},\n {3, 4}}", matrix.cstr());
        Assert.Equal("[], type = Int64, device = cpu, value = 7", tensor(7L).jlstr());
    }
}
