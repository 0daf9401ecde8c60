using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra: the last two dimensions are the matrix, the others are batches (native/linalg.def).</summary>
    public static partial class linalg
    {
        /// <summary>What a QR decomposition returns.</summary>
        public enum QRMode
        {
            /// <summary>Q (m × k) and R (k × n), k the smaller of m and n.</summary>
            Reduced = 0,

            /// <summary>Q (m × m) and R (m × n).</summary>
            Complete = 1,

            /// <summary>R only.</summary>
            R = 2,
        }

        /// <summary>Condition number in the 2-norm.</summary>
        public static Tensor cond(Tensor input) => Ops.linalg_cond(input, null);

        /// <summary>Condition number in the p-norm.</summary>
        public static Tensor cond(Tensor input, int p) => Ops.linalg_cond__p(input, p);

        /// <summary>Condition number in the p-norm.</summary>
        public static Tensor cond(Tensor input, double p) => Ops.linalg_cond__p(input, p);

        /// <summary>Condition number in a norm by name: fro or nuc.</summary>
        public static Tensor cond(Tensor input, string p) => Ops.linalg_cond__name(input, Text.Of(p));

        /// <summary>Eigenvalues (ascending) and eigenvectors (the columns) of symmetric matrices, of which one triangle is read.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Ops.linalg_eigh(input, [(byte)UPLO]);

        /// <summary>Eigenvalues (ascending) of symmetric matrices, of which one triangle is read.</summary>
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Ops.linalg_eigvalsh(input, [(byte)UPLO]);

        /// <summary>Matrix norm by name: fro or nuc.</summary>
        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_matrix_norm(input, Text.Of(ord), dims ?? [-2, -1], keepdim);

        /// <summary>Matrix norm by number: ±1, ±2, ±∞.</summary>
        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_matrix_norm__p(input, ord, dims ?? [-2, -1], keepdim);

        /// <summary>Rank: singular values above max(atol, largest · rtol).</summary>
        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Ops.linalg_matrix_rank(input, atol, rtol, hermitian);

        /// <summary>Product of matrices in the cheapest order.</summary>
        public static Tensor multi_dot(IList<Tensor> tensors) => Ops.linalg_multi_dot(SpanOf(tensors));

        /// <summary>Norm by name: fro or nuc.</summary>
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm__name(input, Text.Of(ord), dims, keepdim);

        /// <summary>Norm of a vector (one dimension) or of matrices (two) by number.</summary>
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm(input, ord, dims, keepdim);

        /// <summary>Norm of a vector (one dimension) or of matrices (two) by number.</summary>
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm(input, (double)ord, dims, keepdim);

        /// <summary>2-norm of vectors, Frobenius norm of matrices.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_norm(input, default, dims, keepdim);

        /// <summary>Pseudo-inverse.</summary>
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Ops.linalg_pinv(input, atol, rtol, hermitian);

        /// <summary>Orthogonal and upper triangular factor.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) => Ops.linalg_qr(input, mode switch
        {
            QRMode.Reduced => "reduced"u8,
            QRMode.Complete => "complete"u8,
            QRMode.R => "r"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode of qr."),
        });

        /// <summary>Singular value decomposition: U, the singular values (the largest first), and V transposed.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) => Ops.linalg_svd(input, fullMatrices);

        /// <summary>X where the tensordot of A and X is B.</summary>
        public static Tensor tensorsolve(Tensor A, Tensor B, long[] dims) => Ops.linalg_tensorsolve(A, B, dims);

        /// <summary>The ord-norm of vectors along dims (of all elements where null).</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Ops.linalg_vector_norm(input, ord, dims, keepdim);

        /// <summary>Vandermonde matrix of N columns (as many as elements where null).</summary>
        public static Tensor vander(Tensor input, long? N = null) => Ops.linalg_vander(input, N);
    }
}
