using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>Whether cdist goes by matrix products.</summary>
public enum compute_mode
{
    /// <summary>For more than 25 points, and the 2-norm.</summary>
    use_mm_for_euclid_dist_if_necessary = 0,

    /// <summary>For the 2-norm.</summary>
    use_mm_for_euclid_dist = 1,

    /// <summary>Never.</summary>
    donot_use_mm_for_euclid_dist = 2,
}

public static partial class torch
{
    /// <summary>Sum of products in Einstein's notation, as "ij,jk->ik".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Ops.einsum(Text.Of(equation), tensors);

    /// <summary>Product of matrices in the cheapest order.</summary>
    public static Tensor chain_matmul(params Tensor[] matrices) => Ops.chain_matmul(matrices);

    /// <summary>Contraction over the last dims dimensions of a and the first of b.</summary>
    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.tensordot(b, dims);

    /// <summary>Contraction over pairs of dimensions.</summary>
    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);

    /// <summary>Contraction over pairs of dimensions.</summary>
    public static Tensor tensordot(Tensor a, Tensor b, (long, long)[] dims) => a.tensordot(b, dims);

    /// <summary>beta · input + alpha · mat1 mat2.</summary>
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);

    /// <summary>beta · input + alpha · mat1 mat2, in place.</summary>
    public static Tensor addmm_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm_(mat1, mat2, beta, alpha);

    /// <summary>beta · input + alpha · mat1 times the vector mat2.</summary>
    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);

    /// <summary>beta · input + alpha · mat1 times the vector mat2, in place.</summary>
    public static Tensor addmv_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv_(mat1, mat2, beta, alpha);

    /// <summary>Lower Cholesky factor.</summary>
    public static Tensor cholesky(Tensor input) => Ops.cholesky(input, false);

    /// <summary>Lower (or upper) Cholesky factor.</summary>
    public static Tensor cholesky(Tensor input, bool upper) => Ops.cholesky(input, upper);

    /// <summary>Triangular factors in one matrix, the pivots and, where asked for, whether each matrix is singular (not 0).</summary>
    public static (Tensor A_LU, Tensor? pivots, Tensor? infos) lu(Tensor A, bool pivot = true, bool get_infos = false)
    {
        var (factors, pivots, infos) = Ops.lu(A, pivot);
        if (get_infos)
            return (factors, pivots, infos);
        infos.Dispose();
        return (factors, pivots, null);
    }

    /// <summary>p-norm distances between the rows of two batches of matrices.</summary>
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Ops.cdist(x1, x2, p, (long)compute_mode);

    public partial class Tensor
    {
        /// <summary>Contraction over the last dims dimensions of this tensor and the first of b.</summary>
        public Tensor tensordot(Tensor b, long dims = 2)
        {
            var first = new long[dims];
            var second = new long[dims];
            for (var i = 0L; i < dims; i++)
                (first[i], second[i]) = (dim() - dims + i, i);
            return Ops.tensordot(this, b, first, second);
        }

        /// <summary>Contraction over pairs of dimensions.</summary>
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Ops.tensordot(this, b, dims1, dims2);

        /// <summary>Contraction over pairs of dimensions.</summary>
        public Tensor tensordot(Tensor b, (long, long)[] dims) =>
            Ops.tensordot(this, b, Array.ConvertAll(dims, pair => pair.Item1), Array.ConvertAll(dims, pair => pair.Item2));

        /// <summary>Lower (or upper) Cholesky factor.</summary>
        public Tensor cholesky(bool upper = false) => Ops.cholesky(this, upper);

        /// <summary>beta · self + alpha · mat1 mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Ops.addmm(this, mat1, mat2, beta, alpha);

        /// <summary>beta · self + alpha · mat1 mat2, in place.</summary>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Ops.addmm_(this, mat1, mat2, beta, alpha);

        /// <summary>beta · self + alpha · mat times vec.</summary>
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Ops.addmv(this, mat, vec, beta, alpha);

        /// <summary>beta · self + alpha · mat times vec, in place.</summary>
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Ops.addmv_(this, mat, vec, beta, alpha);

        /// <summary>The matrix with the tensors as its diagonal blocks.</summary>
        public static Tensor block_diag(params Tensor[] tensors) => torch.block_diag(tensors);
    }
}
