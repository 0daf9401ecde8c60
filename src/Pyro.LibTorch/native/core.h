// The longer bodies of core.def.
#pragma once

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/csrc/autograd/anomaly_mode.h>

#include "shim.h"

namespace pyro {

// The bytes of the only element, as an integer.
i64 item(const at::Tensor& self);
// A tensor with a copy of the caller's contiguous elements of dtype, converted to the options.
at::Tensor from_memory(const void* data, at::IntArrayRef size, at::ScalarType dtype, const Opts& options);
// Copies the elements, in row-major order, to the caller's memory.
void copy_out(const at::Tensor& self, void* into);

// The result, or the output argument after it has received the result.
at::Tensor into(const Out& out, at::Tensor result);

// Index tensors; an absent one takes the whole dimension.
c10::List<Opt<at::Tensor>> indices(const OTs& tensors);

// Whether the tensor was made by a recorded operation, whose name is then the message.
bool grad_fn(const at::Tensor& self);
void set_grad(const at::Tensor& self, const OT& grad);
void backward(const at::Tensor& self, const OT& gradient, bool retain_graph, bool create_graph, const Ts& inputs);
void backward(const Ts& tensors, const OTs& gradients, bool retain_graph, bool create_graph, const Ts& inputs);
std::vector<at::Tensor> gradients(const Ts& outputs, const Ts& inputs, const OTs& gradients, bool retain_graph, bool create_graph,
                                  bool allow_unused);

// Memory as it is found.
at::Tensor empty(at::IntArrayRef size, const at::TensorOptions& options);
// The derivative of a number by itself.
at::Tensor unit(const at::Tensor& number);
// The derivatives of a number that one function of C# computes from the leaves of the graph, where it does: by calling that function.
bool one_call(const at::Tensor& output, at::TensorList inputs, bool retain_graph, bool allow_unused, std::vector<at::Tensor>& derivatives);

// Dirichlet points whose gradient flows to the concentrations; libtorch has the formula but does not use it.
at::Tensor sample_dirichlet(const at::Tensor& concentration, const Gen& generator);

at::Tensor gaussian_nll_loss(const at::Tensor& input, const at::Tensor& target, const at::Tensor& variance, bool full, double eps, Red reduction);

// Signals, images or volumes in another size: mode as PyTorch names it; size or scales, the last dimensions' ones.
at::Tensor interpolate(const at::Tensor& input, at::OptionalIntArrayRef size, const ODoubles& scales, const Str& mode, bool align_corners, bool antialias);

// What libtorch takes on trust and crashes on, or computes nonsense from.
// A quotient of whole numbers that does not fit them.
void check_quotient(const at::Tensor& dividend, const at::Tensor& divisor);
void check_quotient(const at::Tensor& dividend, const at::Scalar& divisor);
// Numbers of convolutions, paddings and windows.
void check_groups(i64 groups, const at::Tensor& weight);
void check_factor(i64 factor);
void check_padding(at::IntArrayRef padding, size_t count = 0);
void check_windows(at::IntArrayRef size, at::IntArrayRef kernel, at::IntArrayRef dilation, at::IntArrayRef padding, at::IntArrayRef stride);
void check_unpooling(at::IntArrayRef size, size_t dimensions);
// A channel of one value, over the batch or in each example, where it is normalized by its own variance.
void check_batch(const at::Tensor& input, bool per_example, bool training);
// The elements of a matrix that is not looked at.
void check_finite(const at::Tensor& input);
// The labels and lengths of sequences, and the states that recurrent networks start from.
void check_classes(const at::Tensor& targets, const at::Tensor& scores);
void check_lengths(const at::Tensor& lengths);
void check_state(at::TensorList state, const at::Tensor& input, i64 layers, bool bidirectional, bool batch_first);
void check_packed(at::TensorList state, const at::Tensor& data, const at::Tensor& batch_sizes, i64 layers, bool bidirectional);
inline at::TensorList listed(const T& one) { return one.get(); }
inline at::TensorList listed(const Ts& several) { return several.list(); }

i64 make_generator(i64 seed, i64 device, i64 index);
i64 default_generator(i64 device, i64 index);
void reseed(const Gen& generator, i64 seed);
at::Tensor state(const Gen& generator);
void set_state(const Gen& generator, const at::Tensor& state);
void synchronize(i64 device);

}  // namespace pyro
