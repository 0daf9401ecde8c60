// Elements across the boundary.
#include <cstring>

#include <ATen/EmptyTensor.h>

#include "core.h"

namespace pyro {

i64 item(const at::Tensor& self) {
    TORCH_CHECK(self.numel() == 1, "only tensors of one element have an item; this one has shape ", self.sizes());
    TORCH_CHECK(self.element_size() <= sizeof(i64), "item of ", self.scalar_type(), " is not supported here");
    i64 bits = 0;
    if (self.device().is_cpu() && self.layout() == at::kStrided && !self.is_conj() && !self.is_neg()) {
        std::memcpy(&bits, self.data_ptr(), self.element_size());
    } else {
        const auto local = self.detach().to_dense().resolve_conj().resolve_neg().cpu();
        std::memcpy(&bits, local.data_ptr(), local.element_size());
    }
    return bits;
}

at::Tensor empty(at::IntArrayRef size, const at::TensorOptions& options) {
    // What the dispatcher calls in the end, in half the time.
    if (options.device().is_cpu()) return at::Tensor(at::detail::empty_cpu(size, c10::typeMetaToScalarType(options.dtype())));
    return at::empty(size, options);
}

at::Tensor from_memory(const void* data, at::IntArrayRef size, at::ScalarType dtype, const Opts& options) {
    auto local = empty(size, dtype);
    if (local.numel() > 0) std::memcpy(local.data_ptr(), data, local.nbytes());
    return options.mark(local.to(at::TensorOptions(options).dtype(options.dtype < 0 ? dtype : static_cast<at::ScalarType>(options.dtype))));
}

void copy_out(const at::Tensor& self, void* into) {
    const auto local = self.detach().to_dense().resolve_conj().resolve_neg().cpu().contiguous();
    if (local.numel() > 0) std::memcpy(into, local.data_ptr(), local.nbytes());
}

at::Tensor into(const Out& out, at::Tensor result) {
    if (!out.has()) return result;
    auto target = out.get();
    at::NoGradGuard values_only;
    target.resize_(result.sizes()).copy_(result);
    return target;
}

c10::List<Opt<at::Tensor>> indices(const OTs& tensors) {
    c10::List<Opt<at::Tensor>> list;
    list.reserve(tensors.count);
    for (i64 i = 0; i < tensors.count; i++) list.push_back(Opt<at::Tensor>(OT{tensors.impls[i]}));
    return list;
}

}  // namespace pyro
