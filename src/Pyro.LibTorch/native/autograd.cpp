// Gradients.
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/function.h>

#include "core.h"

namespace pyro {
namespace {

std::vector<at::Tensor> owned(const Ts& tensors) { return tensors.list().vec(); }

// Absent tensors are undefined ones here.
std::vector<at::Tensor> owned(const OTs& tensors) {
    std::vector<at::Tensor> result;
    result.reserve(tensors.count);
    for (i64 i = 0; i < tensors.count; i++) result.push_back(OT{tensors.impls[i]}.get());
    return result;
}

struct SampleDirichlet : torch::autograd::Function<SampleDirichlet> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& concentration, Opt<at::Generator> generator) {
        auto point = at::_sample_dirichlet(concentration, generator);
        context->save_for_backward({point, concentration});
        return point;
    }
    // Along the simplex: the implicit derivative of each coordinate, less its share of the others'.
    static std::vector<at::Tensor> backward(torch::autograd::AutogradContext* context, std::vector<at::Tensor> upstream) {
        const auto saved = context->get_saved_variables();
        const auto& point = saved[0];
        const auto& concentration = saved[1];
        const auto total = concentration.sum(-1, true).expand_as(concentration);
        const auto slope = at::_dirichlet_grad(point, concentration, total);
        return {slope * (upstream[0] - (point * upstream[0]).sum(-1, true)), at::Tensor()};
    }
};

}  // namespace

at::Tensor unit(const at::Tensor& number) {
    const auto type = number.scalar_type();
    if (!number.device().is_cpu() || number.dim() > 0 || (type != at::kFloat && type != at::kDouble)) return at::ones_like(number);
    auto one = empty({}, type);
    if (type == at::kFloat)
        *static_cast<float*>(one.data_ptr()) = 1;
    else
        *static_cast<double*>(one.data_ptr()) = 1;
    return one;
}

// What libtorch puts in the place of a missing gradient, of numbers only.
std::vector<at::Tensor> roots(at::TensorList outputs, std::vector<at::Tensor> gradients) {
    if (gradients.empty()) gradients.resize(outputs.size());
    for (size_t i = 0; i < std::min(outputs.size(), gradients.size()); i++)
        if (!gradients[i].defined() && outputs[i].dim() == 0 && outputs[i].requires_grad()) gradients[i] = unit(outputs[i]);
    return gradients;
}

at::Tensor sample_dirichlet(const at::Tensor& concentration, const Gen& generator) {
    return SampleDirichlet::apply(concentration, Opt<at::Generator>(generator));
}

bool grad_fn(const at::Tensor& self) {
    if (!self.grad_fn()) return false;
    say(self.grad_fn()->name());
    return true;
}

void set_grad(const at::Tensor& self, const OT& grad) {
    if (grad.has()) {
        const auto value = grad.get();
        TORCH_CHECK(value.sizes() == self.sizes(), "the gradient's shape ", value.sizes(), " is not the tensor's ", self.sizes());
        TORCH_CHECK(value.scalar_type() == self.scalar_type(), "the gradient's dtype ", value.scalar_type(), " is not the tensor's ",
                    self.scalar_type());
        TORCH_CHECK(value.device() == self.device(), "the gradient's device ", value.device(), " is not the tensor's ", self.device());
    }
    self.mutable_grad() = grad.get();
}

void backward(const at::Tensor& self, const OT& gradient, bool retain_graph, bool create_graph, const Ts& inputs) {
    torch::autograd::backward({self}, roots({self}, {gradient.get()}), retain_graph, create_graph, owned(inputs));
}

void backward(const Ts& tensors, const OTs& gradients, bool retain_graph, bool create_graph, const Ts& inputs) {
    torch::autograd::backward(owned(tensors), roots(tensors.list(), owned(gradients)), retain_graph, create_graph, owned(inputs));
}

std::vector<at::Tensor> gradients(const Ts& outputs, const Ts& inputs, const OTs& gradients, bool retain_graph, bool create_graph,
                                  bool allow_unused) {
    std::vector<at::Tensor> derivatives;
    if (outputs.count == 1 && gradients.count == 0 && !create_graph && outputs.list()[0].numel() == 1 &&
        one_call(outputs.list()[0], inputs.list(), retain_graph, allow_unused, derivatives))
        return derivatives;
    return torch::autograd::grad(owned(outputs), owned(inputs), roots(outputs.list(), owned(gradients)), retain_graph, create_graph, allow_unused);
}

}  // namespace pyro
