using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>The public forms that are written by hand, each against its definition: overloads, defaults, which argument is which.</summary>
public class FormTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor cube = arange(24, dtype: ScalarType.Float64).reshape(2, 3, 4);
    private readonly Tensor matrix = tensor(new[,] { { 4.0, 1, 3 }, { 2, 6, 5 } });

    public void Dispose() => scope.Dispose();

    private static double[] Values(Tensor tensor) => tensor.to_type(ScalarType.Float64).data<double>().ToArray();

    private static void Same(Tensor one, Tensor other)
    {
        Assert.Equal(one.shape, other.shape);
        Assert.Equal(Values(one), Values(other));
    }

    private static void Close(Tensor one, Tensor other)
    {
        Assert.Equal(one.shape, other.shape);
        Assert.All(Values(one).Zip(Values(other)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static void Same(Tensor[] ones, params Tensor[] others)
    {
        Assert.Equal(ones.Length, others.Length);
        foreach (var (one, other) in ones.Zip(others))
            Same(one, other);
    }

    [Fact]
    public void Sums_and_means_name_their_dimensions()
    {
        Assert.Equal(276, cube.sum().ToDouble());
        Same(cube.sum(1), cube[.., 0] + cube[.., 1] + cube[.., 2]);
        Same(cube.sum(1, keepdim: true), cube.sum(1).unsqueeze(1));
        Same(cube.sum(0, 2), cube.sum([0, 2]));
        Same(cube.sum(0, 1, 2, keepdim: true), cube.sum().view(1, 1, 1));
        Same(sum(cube, 1, true), cube.sum([1], true));
        Assert.Equal(ScalarType.Int64, arange(3, dtype: ScalarType.Int32).sum().dtype);
        Assert.Equal(ScalarType.Float32, cube.sum(0, type: ScalarType.Float32).dtype);
        Same(cube.mean([0, 1]), cube.sum(0, 1) / 6);
        Same(mean(cube, [1], true, ScalarType.Float64), cube.sum(1, true) / 3);
        Same(cube.prod(2), cube.select(2, 0) * cube.select(2, 1) * cube.select(2, 2) * cube.select(2, 3));
        Assert.Equal(720, matrix.prod().ToDouble());
        Assert.Equal(2.5, tensor(new[] { 2, double.NaN, 3 }).nanmean().ToDouble());
        Same(count_nonzero(matrix.sub(1), [0]), tensor([2L, 1, 2]));
        Assert.Equal(5, matrix.sub(1).count_nonzero().ToInt64());
        Same(cube.amax(0, 2), tensor(new[] { 15.0, 19, 23 }));
        Same(cube.amin([0, 2], keepdim: true), tensor(new[] { 0.0, 4, 8 }).view(1, 3, 1));
        var (value, index) = matrix.kthvalue(2, 1);
        Same(value, tensor(new[] { 3.0, 5 }));
        Same(index, tensor([2L, 2]));
    }

    [Fact]
    public void Moments_are_unbiased_unless_told_otherwise()
    {
        var x = tensor(new[,] { { 1.0, 2, 4 }, { 3, 3, 6 } });
        var mean = x.mean([1], true);
        var squares = (x - mean).square().sum(1);
        Close(x.var(1), squares / 2);
        Close(x.var(1, unbiased: false), squares / 3);
        Close(x.var([1], true, true), (squares / 2).unsqueeze(1));
        Close(x.std(1), (squares / 2).sqrt());
        Close(std(x, 1, false, true), (squares / 3).sqrt().unsqueeze(1));
        Close(x.std((0, 1)), x.std());
        Close(x.var((0, 1), unbiased: false), x.var(unbiased: false));
        var (deviation, center) = x.std_mean(1);
        Close(deviation, x.std(1));
        Close(center, mean.squeeze(1));
        var (variance, middle) = var_mean(x, [0], false, true);
        Close(variance, x.var(0, false, true));
        Close(middle, x.mean([0], true));
        Assert.Equal(ScalarType.Float32, x.var(1, type: ScalarType.Float32).dtype);
    }

    [Fact]
    public void Shapes_change_as_asked()
    {
        Same(cube.view(6, 4), cube.reshape(6, -1));
        Same(matrix.expand(2, 2, 3)[1], matrix);
        Same(matrix.repeat(1, 2), cat([matrix, matrix], 1));
        Same(tile(matrix, [2, 1]), cat([matrix, matrix]));
        Assert.Equal([4L, 2, 3], cube.permute(2, 0, 1).shape);
        Assert.Equal([3L, 4, 2], cube.movedim([0], [2]).shape);
        Assert.Equal([3L, 4, 2], moveaxis(cube, 0, -1).shape);
        Assert.Equal([4L, 3, 2], moveaxis(cube, (0, 1), (2, 1)).shape);
        Same(matrix.flip(1), matrix.index_select(1, tensor([2L, 1, 0])));
        Assert.Equal([2L, 1], zeros(1, 2, 1).squeeze(0).shape);
        Assert.Equal([2L], squeeze(zeros(1, 2, 1)).shape);
        Assert.Equal([2L, 3, 2, 2], cube.unflatten(2, 2, 2).shape);
        Same(matrix.T, matrix.transpose(0, 1));
        Same(cube.mT, cube.transpose(1, 2));
        Same(matrix.slice(1, 0, 3, 2), stack([matrix.select(1, 0), matrix.select(1, 2)], 1));
        Same(matrix.roll(1, 1), tensor(new[,] { { 3.0, 4, 1 }, { 5, 2, 6 } }));
        Same(roll(matrix, (1, -1), (0, 1)), tensor(new[,] { { 6.0, 5, 2 }, { 1, 3, 4 } }));
        Same(matrix.roll([1L]), tensor(new[,] { { 5.0, 4, 1 }, { 3, 2, 6 } }));
        Same(matrix.rot90(), tensor(new[,] { { 3.0, 5 }, { 1, 6 }, { 4, 2 } }));
        Same(rot90(matrix, -1, (0, 1)), matrix.rot90(3));
        Same(matrix.repeat_interleave(2, 0), stack([matrix[0], matrix[0], matrix[1], matrix[1]]));
        Same(tensor([1L, 2]).repeat_interleave(tensor([0L, 3])), tensor([2L, 2, 2]));
        Same(matrix.take_along_dim([5L, 0]), tensor(new[] { 5.0, 4 }));
        Same(matrix.take_along_dim(matrix.argsort(1), 1), tensor(new[,] { { 1.0, 3, 4 }, { 2, 5, 6 } }));
        Same(matrix.as_strided([2, 2], [1, 1], 1), tensor(new[,] { { 1.0, 3 }, { 3, 2 } }));
        Assert.Equal([2L, 3, 4], broadcast_shapes([3, 1], [2, 1, 4]).Shape);
    }

    [Fact]
    public void Tensors_are_split_and_joined()
    {
        var (left, right) = (matrix.narrow(1, 0, 2), matrix.narrow(1, 2, 1));
        Same(matrix.split(2, 1), left, right);
        Same(matrix.split([2, 1], 1), left, right);
        Same(matrix.split([1, 1]), matrix.narrow(0, 0, 1), matrix.narrow(0, 1, 1));
        Same(matrix.chunk(2, 1), left, right);
        Same(matrix.tensor_split(2, 1), left, right);
        Same(matrix.tensor_split([2], 1), left, right);
        Same(matrix.tensor_split(tensor([2L]), 1), left, right);
        Same(matrix.hsplit([2L]), left, right);
        Same(hsplit(tensor(new[] { 1.0, 2 }), 2), tensor(new[] { 1.0 }), tensor(new[] { 2.0 }));
        Same(matrix.vsplit(2), matrix[0].unsqueeze(0), matrix[1].unsqueeze(0));
        Same(cube.dsplit((1, 3)), cube.narrow(2, 0, 1), cube.narrow(2, 1, 2), cube.narrow(2, 3, 1));
        Same(unbind(matrix, dim: 1L), matrix.select(1, 0), matrix.select(1, 1), matrix.select(1, 2));
        Same(cat([left, right], 1), matrix);
        Same(hstack([left, right]), matrix);
        Same(vstack([matrix[0], matrix[1]]), matrix);
        Same(stack([matrix[0], matrix[1]], 1), matrix.T);
        Same(column_stack([matrix[0], matrix[1]]), matrix.T);
        Same(meshgrid([tensor([1L, 2]), tensor([3L, 4, 5])]), tensor(new[,] { { 1L, 1, 1 }, { 2, 2, 2 } }), tensor(new[,] { { 3L, 4, 5 }, { 3, 4, 5 } }));
        Same(meshgrid([tensor([1L, 2]), tensor([3L])], "xy")[0], tensor(new[,] { { 1L, 2 } }));
        Same(cartesian_prod(tensor([1L, 2]), tensor([3L, 4])), tensor(new[,] { { 1L, 3 }, { 1, 4 }, { 2, 3 }, { 2, 4 } }));
        Same(block_diag(ones(1, 1), full([1, 2], 2)), tensor(new[,] { { 1f, 0, 0 }, { 0, 2, 2 } }));
    }

    [Fact]
    public void Different_elements_are_counted_where_asked()
    {
        var x = tensor([3L, 1, 1, 3]);
        var (all, inverse, counts) = x.unique(return_inverse: true, return_counts: true);
        Same([all, inverse!, counts!], tensor([1L, 3]), tensor([1L, 0, 0, 1]), tensor([2L, 2]));
        var (runs, places, lengths) = unique_consecutive(x, return_counts: true);
        Same([runs, lengths!], tensor([3L, 1, 3]), tensor([1L, 2, 1]));
        Assert.Null(places);
        Assert.Null(x.unique().counts);
        Same(stack([x, x]).unique(dim: 0).output, x.unsqueeze(0));
    }

    [Fact]
    public void Quotients_are_rounded_as_asked()
    {
        var (x, y) = (tensor(new[] { 7.0, -7 }), tensor(new[] { 2.0, 2 }));
        Same(x.div(y), tensor(new[] { 3.5, -3.5 }));
        Same(x.div(y, RoundingMode.floor), tensor(new[] { 3.0, -4 }));
        Same(div(x, 2, RoundingMode.trunc), tensor(new[] { 3.0, -3 }));
        Same(x.clone().div_(2, RoundingMode.floor), x.divide(y, RoundingMode.floor));
        Same(divide_(x.clone(), y), x / 2);
    }

    [Fact]
    public void Products_and_factors_have_their_defaults()
    {
        var square = matrix.matmul(matrix.T);
        Close(einsum("ij,kj->ik", matrix, matrix), square);
        Close(tensordot(matrix, matrix, [1L], [1L]), square);
        Close(matrix.tensordot(matrix), matrix.square().sum());
        Close(tensordot(matrix, matrix.T, 1), square);
        Close(zeros(2, 2, ScalarType.Float64).add(1).addmm(matrix, matrix.T, 2, 0.5f), (square * 0.5) + 2);
        Close(addmv(matrix[0].narrow(0, 0, 2), square, square[0], 1, 1), square.mv(square[0]) + matrix[0].narrow(0, 0, 2));
        Close(chain_matmul(matrix, matrix.T, matrix), square.matmul(matrix));
        var lower = square.cholesky();
        Close(lower.matmul(lower.T), square);
        Close(cholesky(square, upper: true), lower.T);
        var (factors, pivots, infos) = lu(square, get_infos: true);
        Assert.Equal(0, infos!.ToInt64());
        Close(lu_solve(square, factors, pivots!), eye(2, dtype: ScalarType.Float64));
        var (u, s, vh) = linalg.svd(matrix, fullMatrices: false);
        Close((u * s).matmul(vh), matrix);
        Assert.Equal([3L, 3], linalg.svd(matrix).Vh.shape);
        var (q, r) = linalg.qr(matrix.T);
        Close(q.matmul(r), matrix.T);
        Assert.Equal([3L, 3], linalg.qr(matrix.T, linalg.QRMode.Complete).Q.shape);
        var (values, vectors) = linalg.eigh(square);
        Close(vectors.matmul(values.diag()).matmul(vectors.T), square);
        Close(linalg.eigvalsh(square, 'U'), values);
        Close(linalg.norm(matrix), matrix.square().sum().sqrt());
        Close(linalg.norm(matrix, 1, dims: [1]), matrix.sum(1));
        Close(linalg.vector_norm(matrix, 1), matrix.sum());
        Close(linalg.matrix_norm(matrix), linalg.norm(matrix, "fro"));
        Assert.Equal(2, linalg.matrix_rank(matrix).ToInt64());
        Close(linalg.pinv(square), linalg.inv(square));
        Close(linalg.multi_dot([matrix, matrix.T, matrix]), square.matmul(matrix));
        Close(cdist(matrix, matrix), tensor(new[,] { { 0, Math.Sqrt(33) }, { Math.Sqrt(33), 0 } }));
        Close(cdist(matrix, matrix, 1), tensor(new[,] { { 0.0, 9 }, { 9, 0 } }));
    }

    [Fact]
    public void New_tensors_take_their_kind_from_the_old()
    {
        Tensor[] made =
        [
            matrix.new_zeros(2), matrix.new_ones(2, 2), matrix.new_full(2, 2, 2, 3), matrix.new_empty(2, 2, 2, 2), matrix.new_full(2, 5), zeros_like(matrix), full_like(matrix, 3),
        ];
        Assert.All(made, tensor => Assert.Equal(ScalarType.Float64, tensor.dtype));
        Assert.All(Values(made[2]), value => Assert.Equal(3, value));
        Assert.Equal(ScalarType.Int64, matrix.new_zeros([2], ScalarType.Int64).dtype);
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(3.0f).dtype);
        Same(arange(1, 2, 0.25), tensor(new[] { 1f, 1.25f, 1.5f, 1.75f }));
        Same(eye(2), eye(2, 2));
        Assert.Equal(ScalarType.Float64, linspace(0, 1, 3, ScalarType.Float64).dtype);
        Same(logspace(0, 2, 3), tensor(new[] { 1f, 10, 100 }));
        Same(tril_indices(2, 2), tensor(new[,] { { 0L, 1, 1 }, { 0, 0, 1 } }));
        Assert.Equal([0.0, 1, 2], Values(randperm(3)).Order());
        Assert.All(Values(randint(5, [20])), value => Assert.InRange(value, 0, 4));
        Assert.All(Values(randint(3, 5, [20])), value => Assert.InRange(value, 3, 4));
        Assert.Equal([1L, 2], empty_strided([2, 2], [1, 2]).stride());
    }
}
