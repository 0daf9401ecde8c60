// Where the numbers of an optimizer's tensors lie, for a whole group of parameters in one call.
#include "core.h"

namespace pyro {
namespace {

// As NumberView in C#.
struct View {
    enum Kind : i64 { Absent, Single, Double, Elsewhere };
    void* data;
    i64 count;
    i64 kind;
};

View view(const at::Tensor& tensor) {
    if (!tensor.defined()) return {nullptr, 0, View::Absent};
    const auto dtype = tensor.scalar_type();
    const bool plain = tensor.layout() == at::kStrided && tensor.device().is_cpu() && tensor.is_contiguous() && !tensor.is_neg() &&
                       (dtype == at::kFloat || dtype == at::kDouble);
    if (!plain) return {nullptr, 0, View::Elsewhere};
    return {tensor.data_ptr(), tensor.numel(), dtype == at::kFloat ? View::Single : View::Double};
}

}  // namespace
}  // namespace pyro

// For each parameter: it and three more, which may be absent, give five views: the parameter, its gradient, the three. Whoever saved the
// parameter for a backward pass will notice that it is about to change.
PYRO_EXPORT pyro::Result pt_numbers(c10::TensorImpl* const* tensors, pyro::i64 parameters, pyro::View* views) {
    using namespace pyro;
    return guard([&] {
        for (i64 i = 0; i < parameters; i++, tensors += 4, views += 5) {
            const T parameter{tensors[0]};
            views[0] = view(parameter);
            views[1] = view(parameter->grad());
            for (i64 kept = 1; kept < 4; kept++) views[kept + 1] = view(OT{tensors[kept]}.get());
            if (views[1].kind != View::Absent) parameter.impl->bump_version();
        }
        return Done();
    });
}
