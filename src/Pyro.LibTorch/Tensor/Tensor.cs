using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A multidimensional array of numbers of one type on one device, with reference semantics. Belongs to the dispose scope that is current
    /// when it is made; without one it lives until it is disposed or, as the last resort, finalized.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private NativeReference? reference;

        internal Tensor(Result native)
            : this(native.Value, native.Extra)
        {
        }

        // Takes over the reference that the handle stands for.
        private protected Tensor(nint handle, long bytes)
        {
            var manager = DisposeScopeManager.OfThread;
            reference = manager.References.Take(handle, bytes);
            manager.Register(this);
        }

        /// <summary>The number of tensors alive in this process.</summary>
        public static long TotalCount => NativeReference.LiveCount;

        /// <summary>The largest number of tensors that were alive at one time.</summary>
        public static long PeakCount => NativeReference.PeakCount;

        /// <summary>The scope that disposes this tensor, and the place in it.</summary>
        internal DisposeScope? Scope { get; set; }

        internal int ScopeSlot { get; set; }

        /// <summary>The native handle, which this tensor keeps owning.</summary>
        /// <exception cref="ObjectDisposedException">The tensor is disposed.</exception>
        public IntPtr Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                var handle = reference is { } held ? held.Handle : 0;
                if (handle == 0)
                    Disposed();
                return handle;
            }
        }

        /// <summary>Whether the tensor is disposed.</summary>
        public bool IsInvalid => reference is not { Handle: not 0 };

        /// <summary>A name for diagnostics.</summary>
        public string? name { get; set; }

        /// <summary>A tensor over a native handle, whose reference it takes over.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle, 0);

        /// <summary>Gives the native reference to the caller; the tensor is as if disposed.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            var held = Interlocked.Exchange(ref reference, null);
            if (held is null)
                return 0;
            var manager = DisposeScopeManager.OfThread;
            manager.Unregister(this);
            return manager.References.Return(held);
        }

        /// <summary>Gives the native reference to the scope that has let the tensor go; 0 where it is disposed.</summary>
        internal IntPtr Leave(DisposeScopeManager thread)
        {
            var held = Interlocked.Exchange(ref reference, null);
            if (held is null)
                return 0;
            thread.CountDisposed();
            return thread.References.Return(held);
        }

        /// <summary>Takes another tensor's native half in place of its own; the other is as if disposed.</summary>
        internal void Assume(Tensor other)
        {
            var manager = DisposeScopeManager.OfThread;
            var taken = Interlocked.Exchange(ref other.reference, null);
            manager.Unregister(other);
            if (Interlocked.Exchange(ref reference, taken) is { } dropped)
                Native.pt_release(manager.References.Return(dropped));
        }

        /// <summary>Releases the native half; harmless when repeated.</summary>
        public void Dispose() => Dispose(true);

        /// <summary>Releases the native half.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var released = DecoupleFromNativeHandle();
            if (released != 0)
                Native.pt_release(released);
        }

        internal static Tensor Own(Result native) => native.Value == Result.Nothing ? null! : new Tensor(native);

        /// <summary>The next of several results.</summary>
        internal static Tensor Next() => Own(Native.pt_next());

        internal static Tensor[] Several(Result native)
        {
            var tensors = new Tensor[native.Extra];
            for (var i = 0; i < tensors.Length; i++)
                tensors[i] = Next();
            return tensors;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static nint HandleOf(Tensor tensor)
        {
            if (tensor is null)
                Missing();
            return tensor.Handle;
        }

        internal static nint HandleOrNull(Tensor? tensor) => tensor is null ? 0 : tensor.Handle;

        internal static void HandlesOf(ReadOnlySpan<Tensor> tensors, Span<nint> handles)
        {
            for (var i = 0; i < tensors.Length; i++)
                handles[i] = HandleOf(tensors[i]);
        }

        internal static void HandlesOrNull(ReadOnlySpan<Tensor?> tensors, Span<nint> handles)
        {
            for (var i = 0; i < tensors.Length; i++)
                handles[i] = HandleOrNull(tensors[i]);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        internal static void KeepAlive(ReadOnlySpan<Tensor?> tensors) => GC.KeepAlive(tensors.Length == 0 ? null : tensors[0]);

        [DoesNotReturn]
        private static void Disposed() => throw new ObjectDisposedException(nameof(Tensor), "This tensor has been disposed.");

        [DoesNotReturn]
        private static void Missing() => throw new ArgumentNullException("tensor", "A tensor is missing (null).");

        /// <summary>The same tensor with named dimensions, where names are given.</summary>
        internal Tensor Named(string[]? names) =>
            names is null ? this : throw new NotSupportedException("Named dimensions are not supported by this provider of TorchSharp's API.");
    }
}
