using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A part of a network: named parameters, buffers and submodules. They are registered by name, in the constructor or by generated code; fields
        /// are not searched, so that nothing here needs reflection.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Parameter?> ownParameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> ownBuffers = [];
            private readonly OrderedDictionary<string, Module> submodules = [];
            private readonly string name;
            private bool isTraining = true;

            /// <summary>A module without parts.</summary>
            protected Module(string name) => this.name = name;

            /// <summary>The direct parts, in their order.</summary>
            private protected virtual IEnumerable<(string Name, Module Module)> Parts => submodules.Select(item => (item.Key, item.Value));

            /// <summary>The parameters of the module itself, in their order.</summary>
            private protected virtual IEnumerable<(string Name, Parameter Parameter)> OwnParameters
            {
                get
                {
                    foreach (var (name, parameter) in ownParameters)
                        if (parameter is not null)
                            yield return (name, parameter);
                }
            }

            /// <summary>Whether the module is being trained: dropout drops, batch normalization learns its statistics.</summary>
            public virtual bool training => isTraining;

            /// <summary>The name that the constructor was given.</summary>
            public virtual string GetName() => name;

            /// <summary>Makes a tensor one of the module's buffers: moved and saved with it (where persistent), not learned.</summary>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                RequireFree(name);
                ownBuffers[name] = (tensor.DetachFromDisposeScope(), persistent);
            }

            /// <summary>Makes a parameter (or its absence) one of the module's parameters.</summary>
            public virtual void register_parameter(string name, Parameter? param)
            {
                RequireFree(name);
                ownParameters[name] = param;
            }

            /// <summary>Makes a module one of the module's parts.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                RequireFree(name);
                submodules[name] = submodule;
                submodule.train(training);
            }

            /// <inheritdoc cref="register_module"/>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Learns from now on, or stops.</summary>
            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach (var (_, module) in Parts)
                    module.train(train);
            }

            /// <summary>Stops learning: dropout passes, batch normalization uses what it has learned.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls a function with every part, innermost first, then with the module itself.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, module) in Parts)
                    module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Drops the gradients of all parameters, or sets them to 0.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null)
                        continue;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient.detach_().zero_();
                }
            }

            /// <summary>The parameters with their paths, those of the parts included.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach (var item in OwnParameters)
                    yield return item;
                if (!recurse)
                    yield break;
                foreach (var (child, module) in Parts)
                    foreach (var (name, parameter) in module.named_parameters())
                        yield return ($"{child}.{name}", parameter);
            }

            /// <summary>The parameters, those of the parts included.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(item => item.parameter);

            /// <summary>The buffers with their paths, those of the parts included.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (name, (tensor, persistent)) in ownBuffers)
                    if (persistent || include_nonpersistent)
                        yield return (name, tensor);
                if (!recurse)
                    yield break;
                foreach (var (child, module) in Parts)
                    foreach (var (name, buffer) in module.named_buffers(true, include_nonpersistent))
                        yield return ($"{child}.{name}", buffer);
            }

            /// <summary>The buffers, those of the parts included.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(item => item.buffer);

            /// <summary>The direct parts with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => Parts;

            /// <summary>The direct parts.</summary>
            public virtual IEnumerable<Module> children() => Parts.Select(part => part.Module);

            /// <summary>All parts with their paths, at any depth.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (child, module) in Parts)
                {
                    yield return (child, module);
                    foreach (var (path, part) in module.named_modules())
                        yield return ($"{child}.{path}", part);
                }
            }

            /// <summary>All parts, at any depth.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(item => item.module);

            /// <summary>Whether there is a buffer of this path.</summary>
            public virtual bool has_buffer(string target) => named_buffers().Any(item => item.name == target);

            /// <summary>Whether there is a parameter of this path.</summary>
            public virtual bool has_parameter(string target) => named_parameters().Any(item => item.name == target);

            /// <summary>The buffer of a path, or null.</summary>
            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(item => item.name == target).buffer;

            /// <summary>The parameter of a path, or null.</summary>
            public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(item => item.name == target).parameter;

            /// <summary>Disposes the module, its parameters, buffers and parts.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the parameters, buffers and parts.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var (_, parameter) in OwnParameters)
                    parameter.Dispose();
                foreach (var (tensor, _) in ownBuffers.Values)
                    tensor.Dispose();
                foreach (var (_, module) in Parts)
                    module.Dispose();
            }

            /// <summary>
            /// Where a module that was written for field search would register its parts. Here nothing is searched: the call is right where everything was
            /// registered by name before it, and an error where nothing was, because then the network would learn nothing.
            /// </summary>
            /// <exception cref="InvalidOperationException">Nothing has been registered.</exception>
            protected virtual void RegisterComponents()
            {
                if (ownParameters.Count + ownBuffers.Count + submodules.Count == 0)
                    throw new InvalidOperationException(
                        $"Module {name}: fields are not searched for parameters and submodules. Make the class partial, so that ProbCompiler writes what " +
                        "RegisterComponents registers, or call register_module, register_parameter and register_buffer in the constructor before it.");
            }

            /// <summary>Registers a parameter, or nothing where the value is null.</summary>
            protected void ConditionallyRegisterParameter(string name, Tensor? value)
            {
                if (value is not null)
                    register_parameter(name, value as Parameter ?? new Parameter(value));
            }

            /// <summary>Registers a parameter, or nothing where the value is null.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is not null)
                    register_parameter(name, value);
            }

            /// <summary>Registers a buffer, or nothing where the value is null.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is not null)
                    register_buffer(name, value, persistent);
            }

            /// <summary>Forgets the parts.</summary>
            protected void ClearModules() => submodules.Clear();

            /// <summary>The device and element type that new parameters get unless told otherwise.</summary>
            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());

            private protected Parameter? Own(string name) => ownParameters[name];

            private protected void Replace(string name, Parameter? value) => ownParameters[name] = value;

            // A name is one step of a path, and each stands for one thing.
            private void RequireFree(string name)
            {
                ArgumentException.ThrowIfNullOrEmpty(name);
                if (name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"'{name}' has a dot, which separates the steps of a path.", nameof(name));
                if (ownParameters.ContainsKey(name) || ownBuffers.ContainsKey(name) || submodules.ContainsKey(name))
                    throw new ArgumentException($"The module already has something called '{name}'.", nameof(name));
            }
        }
    }
}
