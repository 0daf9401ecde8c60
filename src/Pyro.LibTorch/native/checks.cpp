// What libtorch takes on trust and crashes on.
#include "core.h"

namespace pyro {
namespace {

void check_states(at::TensorList state, i64 layers, bool bidirectional, i64 batch) {
    const auto stacked = layers * (bidirectional ? 2 : 1);
    for (const auto& each : state)
        TORCH_CHECK(each.dim() == 3 && each.size(0) == stacked && each.size(1) == batch, "a state of shape ", each.sizes(),
                    " for a network that starts from [", stacked, ", ", batch, ", hidden]");
}

}  // namespace

void check_lengths(const at::Tensor& lengths) {
    TORCH_CHECK(!lengths.lt(0).any().item<bool>(), "a sequence has a negative length");
}

void check_state(at::TensorList state, const at::Tensor& input, i64 layers, bool bidirectional, bool batch_first) {
    TORCH_CHECK(input.dim() == 3, "an input of shape ", input.sizes(), " where sequences have 3 dimensions");
    check_states(state, layers, bidirectional, input.size(batch_first ? 0 : 1));
}

void check_packed(at::TensorList state, const at::Tensor& data, const at::Tensor& batch_sizes, i64 layers, bool bidirectional) {
    TORCH_CHECK(data.dim() == 2 && batch_sizes.dim() == 1 && batch_sizes.numel() > 0 && batch_sizes.scalar_type() == at::kLong && batch_sizes.device().is_cpu(),
                "data of shape ", data.sizes(), " and batch sizes of shape ", batch_sizes.sizes(), " are no packed sequences");
    const auto sizes = batch_sizes.contiguous();
    const auto* values = static_cast<const i64*>(sizes.data_ptr());
    i64 total = 0;
    for (i64 i = 0; i < sizes.numel(); i++) {
        TORCH_CHECK(values[i] > 0 && (i == 0 || values[i] <= values[i - 1]), "batch sizes must be positive and must not grow");
        TORCH_CHECK(values[i] <= data.size(0) - total, "the batch sizes add up to more than the ", data.size(0), " rows of data");
        total += values[i];
    }
    TORCH_CHECK(total == data.size(0), "the batch sizes add up to ", total, ", the data have ", data.size(0), " rows");
    check_states(state, layers, bidirectional, values[0]);
}

}  // namespace pyro
