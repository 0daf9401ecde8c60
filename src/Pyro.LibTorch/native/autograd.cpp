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
    torch::autograd::backward({self}, gradient.has() ? std::vector<at::Tensor>{gradient.get()} : std::vector<at::Tensor>{}, retain_graph,
                              create_graph, owned(inputs));
}

void backward(const Ts& tensors, const OTs& gradients, bool retain_graph, bool create_graph, const Ts& inputs) {
    torch::autograd::backward(owned(tensors), owned(gradients), retain_graph, create_graph, owned(inputs));
}

std::vector<at::Tensor> gradients(const Ts& outputs, const Ts& inputs, const OTs& gradients, bool retain_graph, bool create_graph,
                                  bool allow_unused) {
    return torch::autograd::grad(owned(outputs), owned(inputs), owned(gradients), retain_graph, create_graph, allow_unused);
}

}  // namespace pyro
