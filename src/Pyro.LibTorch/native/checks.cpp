// What libtorch takes on trust and crashes on.
#include "core.h"

#include <limits>

namespace pyro {
namespace {

void check_states(at::TensorList state, i64 layers, bool bidirectional, i64 batch) {
    const auto stacked = layers * (bidirectional ? 2 : 1);
    for (const auto& each : state)
        TORCH_CHECK(each.dim() == 3 && each.size(0) == stacked && each.size(1) == batch, "a state of shape ", each.sizes(),
                    " for a network that starts from [", stacked, ", ", batch, ", hidden]");
}

// Whole numbers whose division the processor does itself; of another type, or elsewhere, there is no signal.
bool traps(at::ScalarType type, const at::Tensor& dividend) {
    return (type == at::kInt || type == at::kLong) && dividend.device().is_cpu();
}

void check_quotient(const at::Tensor& dividend, const at::Tensor& divisor, at::ScalarType type) {
    if (!traps(type, dividend)) return;
    const auto opposite = divisor.to(type).eq(-1);
    if (!opposite.any().item<bool>()) return;
    const auto least = type == at::kInt ? std::numeric_limits<int32_t>::min() : std::numeric_limits<i64>::min();
    TORCH_CHECK(!dividend.to(type).eq(least).logical_and(opposite).any().item<bool>(), "the quotient of ", least, " and -1 does not fit ", type);
}

}  // namespace

void check_quotient(const at::Tensor& dividend, const at::Tensor& divisor) {
    check_quotient(dividend, divisor, at::result_type(dividend, divisor));
}

void check_quotient(const at::Tensor& dividend, const at::Scalar& divisor) {
    const auto type = at::result_type(dividend, divisor);
    if (traps(type, dividend)) check_quotient(dividend, at::scalar_tensor(divisor, at::kLong), type);
}

void check_groups(i64 groups, const at::Tensor& weight) {
    TORCH_CHECK(groups > 0 && weight.dim() > 0 && groups <= weight.size(0), groups, " groups of channels for weights of shape ", weight.sizes());
}

void check_factor(i64 factor) {
    TORCH_CHECK(factor > 0 && factor < (i64(1) << 16), "a factor of ", factor, " is out of range");
}

void check_padding(at::IntArrayRef padding, size_t count) {
    constexpr auto most = i64(1) << 48;
    TORCH_CHECK(count == 0 || padding.size() == count, "the padding ", padding, " is not one of ", count, " numbers");
    for (const auto each : padding) TORCH_CHECK(-most < each && each < most, "a padding of ", each, " is out of range");
}

void check_windows(at::IntArrayRef size, at::IntArrayRef kernel, at::IntArrayRef dilation, at::IntArrayRef padding, at::IntArrayRef stride) {
    constexpr auto most = i64(1) << 24;
    for (const auto& each : {size, kernel, dilation, padding, stride}) {
        TORCH_CHECK(each.size() == 2, "windows of images have two numbers each, and these are ", each);
        for (const auto number : each) TORCH_CHECK(0 <= number && number < most, number, " is out of range for windows of images");
    }
}

void check_unpooling(at::IntArrayRef size, size_t dimensions) {
    TORCH_CHECK(size.size() == dimensions, "the size ", size, " is not one of ", dimensions, " dimensions");
    for (const auto each : size) TORCH_CHECK(0 < each && each <= std::numeric_limits<int32_t>::max(), "a size of ", each, " is out of range");
}

void check_batch(const at::Tensor& input, bool per_example, bool training) {
    if (!training || input.dim() < 2) return;
    i64 values = per_example ? 1 : input.size(0);
    for (i64 dim = 2; dim < input.dim(); dim++) values *= input.size(dim);
    TORCH_CHECK(values != 1, "Expected more than 1 value per channel when training, got input size ", input.sizes());
}

void check_classes(const at::Tensor& targets, const at::Tensor& scores) {
    TORCH_CHECK(scores.dim() > 0, "scores of shape ", scores.sizes(), " have no classes");
    const auto classes = scores.size(-1);
    TORCH_CHECK(!targets.lt(0).logical_or(targets.ge(classes)).any().item<bool>(), "a target is none of the ", classes, " classes");
}

void check_finite(const at::Tensor& input) {
    TORCH_CHECK(at::isfinite(input).all().item<bool>(), "the input has elements that are infinite or not a number");
}

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
