// Functions whose derivative is written in C#: a node of the graph that calls back.
#include <ATen/ExpandUtils.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/saved_variable.h>
#include <torch/csrc/autograd/variable.h>

#include <memory>

#include "core.h"

namespace {
using namespace pyro;

// gradients: of the outputs, null where there is none; results: of the inputs, whose references the node takes over; 0 says that all went well.
using Backward = int32_t (*)(void* state, void* node, c10::TensorImpl* const* gradients, i64 gradient_count, c10::TensorImpl** results, i64 result_count);
using Release = void (*)(void* state);

struct ManagedNode : torch::autograd::Node {
    ManagedNode(void* state, std::string name, bool materialize, Backward backward, Release release)
        : state(state), title(std::move(name)), materialize(materialize), backward(backward), release(release) {}
    ~ManagedNode() override {
        release(state);
        clear_upper_halves();
    }

    std::string name() const override { return title; }

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
        std::vector<c10::TensorImpl*> incoming(gradients.size());
        for (size_t i = 0; i < gradients.size(); i++) {
            if (!gradients[i].defined() && materialize) gradients[i] = input_metadata(static_cast<uint32_t>(i)).zeros_like();
            incoming[i] = gradients[i].defined() ? gradients[i].unsafeGetTensorImpl() : nullptr;
        }
        std::vector<c10::TensorImpl*> results(num_outputs(), nullptr);
        const auto status = backward(state, this, incoming.data(), static_cast<i64>(incoming.size()), results.data(), static_cast<i64>(results.size()));
        clear_upper_halves();
        torch::autograd::variable_list owned;
        for (auto* impl : results)
            owned.push_back(impl ? at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(impl)) : at::Tensor());
        if (status != 0) throw std::runtime_error(title + ": " + said());
        return owned;
    }

    void release_variables() override {
        saved.clear();
        freed = true;
    }

    void* state;
    std::string title;
    bool materialize;
    Backward backward;
    Release release;
    std::vector<torch::autograd::SavedVariable> saved;
    bool freed = false;
};

// The derivative as the input wants it.
at::Tensor fitted(at::Tensor gradient, const at::Tensor& input, const std::string& name) {
    if (!gradient.sizes().equals(input.sizes())) {
        TORCH_CHECK(at::is_expandable_to(input.sizes(), gradient.sizes()), name, " returned a gradient of shape ", gradient.sizes(),
                    " for an input of shape ", input.sizes());
        gradient = at::sum_to(gradient, input.sizes());
    }
    return gradient.scalar_type() == input.scalar_type() ? gradient : gradient.to(input.scalar_type());
}

}  // namespace

// A run of libtorch's engine takes as long as a small log density with its derivatives, and here there is nothing to put in order.
bool pyro::one_call(const at::Tensor& output, at::TensorList inputs, bool retain_graph, bool allow_unused, std::vector<at::Tensor>& derivatives) {
    using namespace torch::autograd;
    auto* node = dynamic_cast<ManagedNode*>(output.grad_fn().get());
    if (!node || node->num_inputs() != 1 || output.retains_grad() || AnomalyMode::is_enabled()) return false;
    const auto& edges = node->next_edges();
    for (size_t i = 0; i < edges.size(); i++) {
        if (!edges[i].is_valid()) continue;
        if (edges[i].function->num_outputs() > 0) return false;
        for (size_t j = 0; j < i; j++)
            if (edges[j].function == edges[i].function) return false;
    }
    std::vector<size_t> places;
    for (const auto& input : inputs) {
        const auto leaf = impl::try_get_grad_accumulator(input);
        size_t place = 0;
        while (place < edges.size() && edges[place].function != leaf) place++;
        if (!leaf || place == edges.size()) return false;
        places.push_back(place);
    }
    const at::NoGradGuard unrecorded;
    const auto all = (*node)({unit(output)});
    if (!retain_graph) node->release_variables();
    for (size_t i = 0; i < places.size(); i++) {
        const auto& gradient = all[places[i]];
        TORCH_CHECK(gradient.defined() || allow_unused, "One of the differentiated Tensors appears to not have been used in the graph. "
                    "Set allow_unused=True if this is the desired behavior.");
        derivatives.push_back(gradient.defined() ? fitted(gradient, inputs[i], node->title) : gradient);
    }
    return true;
}

// Makes outputs that were computed without recording the results of a node with these inputs. kinds: 0 differentiable, 1 not, 2 an input that was
// changed in place. The outputs, in their order, wait in the queue. The state is released with the node, or here where there is none.
PYRO_EXPORT Result pt_function(Ts inputs, Ts outputs, const uint8_t* kinds, Ts saved, Str name, bool materialize, void* state, Backward backward,
                               Release release) {
    return guard([&] {
        auto node = std::shared_ptr<ManagedNode>(new ManagedNode(state, name.str(), materialize, backward, release), torch::autograd::deleteNode);
        node->set_next_edges(torch::autograd::collect_next_edges(inputs.list().vec()));
        const auto results = outputs.list();
        std::vector<at::Tensor> made;
        for (size_t i = 0; i < results.size(); i++) {
            at::Tensor output = results[i];
            if (kinds[i] == 2) {
                TORCH_CHECK(!(output.is_leaf() && output.requires_grad()), "a leaf that requires a gradient was marked as changed in place");
                torch::autograd::impl::rebase_history(output, {node, node->add_input_metadata(output)});
            } else {
                // What the function has made is the result itself; what was there before stays as it was.
                const bool fresh = output.is_leaf() && !output.requires_grad() && !output.is_view() && output.use_count() == 2;
                if (!fresh) output = output.detach();
                if (kinds[i] == 0) torch::autograd::create_gradient_edge(output, node);
            }
            made.push_back(output);
        }
        for (const auto& tensor : saved.list()) {
            // An output is saved as what it has become; the node does not own itself through it.
            size_t output = 0;
            while (output < results.size() && !results[output].is_same(tensor)) output++;
            const bool is_output = output < results.size();
            node->saved.emplace_back(is_output ? made[output] : tensor, is_output);
        }
        return made;
    });
}
// The tensors that the node saved; they wait in the queue.
PYRO_EXPORT Result pt_function_saved(ManagedNode* node) {
    return guard([&] {
        TORCH_CHECK(!node->freed, "Trying to backward through the graph a second time: the saved tensors have been freed. Specify retain_graph the first time.");
        std::vector<at::Tensor> tensors;
        for (auto& variable : node->saved) tensors.push_back(variable.unpack(node->shared_from_this()));
        return tensors;
    });
}
// What went wrong in C#, for the exception that the node throws.
PYRO_EXPORT void pt_say(Str text) {
    try {
        say(text.str());
    } catch (...) {
    }
}
