// Tensors as objects: errors, lifetime, metadata, memory.
#include "ops.h"

namespace pyro {

std::vector<Result>& waiting() {
    static thread_local std::vector<Result> queue;
    return queue;
}

static std::string& message() {
    static thread_local std::string text;
    return text;
}

void say(const std::string& text) { message() = text; }
const std::string& said() { return message(); }

Result failed() noexcept {
    try {
        try {
            throw;
        } catch (const c10::Error& error) {
            say(error.what_without_backtrace());
        } catch (const std::bad_alloc&) {
            say("out of memory");
        } catch (const std::exception& error) {
            say(error.what());
        } catch (...) {
            say("an exception that is not a std::exception");
        }
    } catch (...) {
        message().clear();  // no memory for the message
    }
    return {nullptr, 0};
}

}  // namespace pyro

// The message of this thread's last failure, UTF-8, until its next one.
PYRO_EXPORT const char* pt_message() { return message().c_str(); }

// The next of several results.
PYRO_EXPORT Result pt_next() {
    auto& queue = waiting();
    if (queue.empty()) return {nullptr, 0};
    auto result = queue.back();
    queue.pop_back();
    return result;
}

// Releases references. Destroying a tensor can run arbitrary deleters, which must not throw through the boundary.
PYRO_EXPORT void pt_release_all(c10::TensorImpl* const* impls, i64 count) {
    clear_upper_halves();
    for (i64 i = 0; i < count; i++) {
        try {
            c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(impls[i]);
        } catch (...) {
            failed();
        }
    }
}
PYRO_EXPORT void pt_release(c10::TensorImpl* impl) { pt_release_all(&impl, 1); }

// What every tensor is asked all the time: cannot fail, cannot block.
PYRO_EXPORT i64 pt_dim(T self) { return self->dim(); }
PYRO_EXPORT i64 pt_numel(T self) { return self->numel(); }
PYRO_EXPORT i32 pt_dtype(T self) { return static_cast<i32>(self->scalar_type()); }
PYRO_EXPORT i64 pt_element_size(T self) { return static_cast<i64>(self->element_size()); }
PYRO_EXPORT i32 pt_device_type(T self) { return static_cast<i32>(self->device().type()); }
PYRO_EXPORT i32 pt_device_index(T self) { return self->device().index(); }
PYRO_EXPORT i32 pt_requires_grad(T self) { return self->requires_grad(); }
PYRO_EXPORT i32 pt_is_sparse(T self) { return self->is_sparse(); }
