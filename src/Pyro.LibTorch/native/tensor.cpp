// What a tensor is asked about itself: handles, shape, dtype, memory.
#include "shim.h"
#include <cstring>

PYRO_EXPORT void pyro_tensor_free(at::Tensor* tensor) { delete tensor; }

PYRO_EXPORT int32_t pyro_tensor_dim(T self) { return static_cast<int32_t>(self.dim()); }
PYRO_EXPORT int64_t pyro_tensor_numel(T self) { return self.numel(); }
PYRO_EXPORT void pyro_tensor_sizes(T self, int64_t* sizes) {
    for (auto size : self.sizes()) *sizes++ = size;
}
PYRO_EXPORT void pyro_tensor_strides(T self, int64_t* strides) {
    for (auto stride : self.strides()) *strides++ = stride;
}
PYRO_EXPORT int32_t pyro_tensor_dtype(T self) { return static_cast<int32_t>(self.scalar_type()); }
PYRO_EXPORT int32_t pyro_tensor_device(T self) { return static_cast<int32_t>(self.device().type()); }
PYRO_EXPORT int32_t pyro_tensor_device_index(T self) { return static_cast<int32_t>(self.device().index()); }
PYRO_EXPORT int32_t pyro_tensor_is_contiguous(T self) { return self.is_contiguous(); }
PYRO_EXPORT int32_t pyro_tensor_requires_grad(T self) { return self.requires_grad(); }
PYRO_EXPORT int32_t pyro_tensor_is_leaf(T self) { return self.is_leaf(); }
PYRO_EXPORT int32_t pyro_tensor_has_grad(T self) {
    try { return self.is_leaf() && self.grad().defined(); } catch (...) { return 0; }
}
PYRO_EXPORT void* pyro_tensor_data(T self) {
    try {
        return self.data_ptr();
    } catch (...) {
        pyro::fail_current();
        return nullptr;
    }
}

PYRO_EXPORT int32_t pyro_promote_types(N first, N second) {
    return static_cast<int32_t>(c10::promoteTypes(pyro::dtype(first), pyro::dtype(second)));
}

// The one element of a tensor, as double or as int64.
PYRO_EXPORT int32_t pyro_tensor_item_double(T self, double* value) { return pyro::status([&] { *value = self.item().to<double>(); }); }
PYRO_EXPORT int32_t pyro_tensor_item_long(T self, int64_t* value) { return pyro::status([&] { *value = self.item().to<int64_t>(); }); }

// A 0-dim CPU tensor: the cheapest way from a number to a tensor.
PYRO_EXPORT at::Tensor* pyro_tensor_scalar(S value, N type, N device, N index) {
    return pyro::tensor([&] {
        return at::full({}, value.scalar(), pyro::options(type, device, index));
    });
}
// A tensor with a copy of elements that lie in managed memory.
PYRO_EXPORT at::Tensor* pyro_tensor_from(const void* data, L size, N count, N type) {
    return pyro::tensor([&] {
        auto result = at::empty(pyro::longs(size, count), pyro::options(type, 0, -1));
        if (result.numel() > 0) std::memcpy(result.data_ptr(), data, result.nbytes());
        return result;
    });
}
// Indexing by a list in which null stands for a whole dimension.
static c10::List<c10::optional<at::Tensor>> index_list(A indices, N count) {
    c10::List<c10::optional<at::Tensor>> list;
    for (N i = 0; i < count; ++i) list.push_back(indices[i] ? c10::optional<at::Tensor>(*indices[i]) : c10::optional<at::Tensor>());
    return list;
}
PYRO_EXPORT at::Tensor* pyro_index(T self, A indices, N count) { return pyro::tensor([&] { return at::index(self, index_list(indices, count)); }); }
PYRO_EXPORT int32_t pyro_index_put_(T self, A indices, N count, T values, B accumulate) {
    return pyro::status([&] { self.index_put_(index_list(indices, count), values, accumulate); });
}
// Tensors expanded to their common shape, in place of the handles given.
PYRO_EXPORT int32_t pyro_broadcast_tensors(A values, N count, at::Tensor** results) {
    return pyro::status([&] {
        auto expanded = at::broadcast_tensors(pyro::tensors(values, count));
        for (N i = 0; i < count; ++i) results[i] = new at::Tensor(expanded[i]);
    });
}
PYRO_EXPORT int32_t pyro_max_dim(T self, I dim, B keepdim, at::Tensor** values, at::Tensor** indices) {
    return pyro::status([&] {
        auto result = at::max(self, dim, static_cast<bool>(keepdim));
        *values = new at::Tensor(std::get<0>(result));
        *indices = new at::Tensor(std::get<1>(result));
    });
}
PYRO_EXPORT int32_t pyro_min_dim(T self, I dim, B keepdim, at::Tensor** values, at::Tensor** indices) {
    return pyro::status([&] {
        auto result = at::min(self, dim, static_cast<bool>(keepdim));
        *values = new at::Tensor(std::get<0>(result));
        *indices = new at::Tensor(std::get<1>(result));
    });
}
