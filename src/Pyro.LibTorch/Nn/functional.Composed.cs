namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Binary cross entropy of each class against its logit, the mean over the classes.</summary>
            public static Tensor multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                var each = binary_cross_entropy_with_logits(input, target, weight, Reduction.None);
                return Reduced(each.mean([-1]), reduction).MoveToOuterDisposeScope();
            }

            /// <summary>max(0, distance(anchor, positive) − distance(anchor, negative) + margin); pairwise_distance unless a distance is given.</summary>
            public static Tensor triplet_margin_with_distance_loss(Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor>? distance = null, double margin = 1, bool swap = false, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                var between = distance ?? ((x, y) => pairwise_distance(x, y));
                var apart = between(anchor, negative);
                if (swap)
                    apart = minimum(apart, between(positive, negative));
                return Reduced((between(anchor, positive) - apart + margin).clamp_min(0), reduction).MoveToOuterDisposeScope();
            }

            /// <summary>softmax(query keyᵀ / √d + mask) value, of shapes (…, length, d). A mask of truth values says where attention may go.</summary>
            public static Tensor scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0, bool is_casual = false)
            {
                if (attn_mask is not null && is_casual)
                    throw new ArgumentException("A causal attention takes no other mask.", nameof(attn_mask));
                using var scope = NewDisposeScope();
                var scores = query.matmul(key.transpose(-2, -1)) * (1 / Math.Sqrt(query.shape[^1]));
                var mask = is_casual ? ones(query.shape[^2], key.shape[^2], ScalarType.Bool, query.device).tril() : attn_mask;
                if (mask is not null)
                    scores = mask.dtype == ScalarType.Bool ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity) : scores + mask;
                return dropout(softmax(scores, -1), p, training: p > 0).matmul(value).MoveToOuterDisposeScope();
            }

            private static Tensor Reduced(Tensor each, Reduction reduction) => reduction switch
            {
                Reduction.Mean => each.mean(),
                Reduction.Sum => each.sum(),
                _ => each,
            };
        }
    }
}
