using System.Diagnostics.CodeAnalysis;
using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>Tensors: their creation, operations, automatic differentiation and random numbers, under PyTorch's names.</summary>
public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of numbers on a device, with its place in the autograd graph. Belongs to the dispose scope that is current when it is
    /// made; a tensor that is neither disposed nor in a scope is released when it is collected.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long created;
        private static long released;
        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            Interlocked.Increment(ref created);
            if (DisposeScope.Current is { } scope)
            {
                scope.Add(this);
                DisposeScopeManager.Statistics.CreatedInScopeCount++;
            }
            else
                DisposeScopeManager.Statistics.CreatedOutsideScopeCount++;
        }

        /// <summary>Releases the native tensor of an object that nobody disposed.</summary>
        ~Tensor() => Release();

        /// <summary>How many tensors are alive.</summary>
        public static long TotalCount => Interlocked.Read(ref created) - Interlocked.Read(ref released);

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">The tensor has been disposed.</exception>
        public nint Handle
        {
            get
            {
                if (handle == 0)
                    ThrowDisposed();
                return handle;
            }
        }

        /// <summary>Whether the tensor has been disposed.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>The scope that will dispose this tensor, and its place there.</summary>
        internal DisposeScope? Scope { get; set; }

        /// <inheritdoc cref="Scope"/>
        internal int ScopeIndex { get; set; }

        /// <summary>Releases the native tensor; its memory goes when no view and no graph holds it. A second time is harmless.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native tensor.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (disposing)
                Leave();
            Release();
        }

        /// <summary>Hands this tensor from its scope to the next outer one; without an outer one it belongs to nobody.</summary>
        public Tensor MoveToOuterDisposeScope() => Scope?.MoveToOuter(this) ?? this;

        /// <summary>Takes this tensor out of every scope: whoever holds it disposes it.</summary>
        public Tensor DetachFromDisposeScope() => Scope?.Detach(this) ?? this;

        /// <summary>Takes over the native tensor of another object, which is invalid afterwards.</summary>
        internal nint TakeHandle()
        {
            var taken = Handle;
            Leave();
            handle = 0;
            Interlocked.Increment(ref released);
            GC.SuppressFinalize(this);
            return taken;
        }

        /// <summary>The tensor of a native result, or the exception of the call that failed.</summary>
        internal static Tensor New(nint result, string operation, Tensor? first = null, Tensor? second = null, Tensor? third = null)
        {
            if (result == 0)
                NativeFailure.Throw(operation, first, second, third);
            return new Tensor(result);
        }

        /// <summary>This tensor after an operation in place, or the exception of the call that failed.</summary>
        private Tensor Done(int status, string operation, Tensor? first = null, Tensor? second = null, Tensor? third = null)
        {
            if (status != 0)
                NativeFailure.Throw(operation, first, second, third);
            return this;
        }

        // Out of the scope because the object ends here.
        private void Leave()
        {
            if (handle == 0)
                return;
            if (Scope is { } scope)
            {
                scope.Remove(this);
                DisposeScopeManager.Statistics.DisposedInScopeCount++;
            }
            else
                DisposeScopeManager.Statistics.DisposedOutsideScopeCount++;
        }

        [DoesNotReturn]
        private void ThrowDisposed() => throw new ObjectDisposedException(GetType().Name,
            "The tensor has been disposed: by Dispose, or with its dispose scope (MoveToOuterDisposeScope keeps a result).");

        private void Release()
        {
            var taken = Interlocked.Exchange(ref handle, 0);
            if (taken == 0)
                return;
            Native.Free(taken);
            Interlocked.Increment(ref released);
        }
    }
}
