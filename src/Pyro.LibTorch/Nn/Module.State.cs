using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters and persistent buffers by path; the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                var result = destination ?? [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters())
                    result[start + name] = parameter;
                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false))
                    result[start + name] = buffer;
                return result;
            }

            /// <summary>Copies values into the parameters and persistent buffers, converting element type and device. Either all or nothing is copied.</summary>
            /// <param name="source">Tensors by path.</param>
            /// <param name="strict">Whether missing and unexpected paths are an error; otherwise they are returned.</param>
            /// <param name="skip">Paths to leave alone.</param>
            /// <exception cref="ArgumentException">A path is missing or unexpected while strict, or a shape differs.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var missing = own.Keys.Where(key => !source.ContainsKey(key) && skip?.Contains(key) != true).ToList();
                var unexpected = source.Keys.Where(key => !own.ContainsKey(key) && skip?.Contains(key) != true).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new ArgumentException($"The state does not fit module {GetName()}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].", nameof(source));
                var pairs = own.Where(item => source.ContainsKey(item.Key) && skip?.Contains(item.Key) != true).Select(item => (item.Key, Into: item.Value, From: source[item.Key])).ToList();
                foreach (var (key, into, from) in pairs)
                    if (!into.shape.AsSpan().SequenceEqual(from.shape))
                        throw new ArgumentException($"{key} has shape [{string.Join(", ", into.shape)}], the state's has [{string.Join(", ", from.shape)}].", nameof(source));
                using var mode = no_grad();
                foreach (var (_, into, from) in pairs)
                    into.copy_(from);
                return (missing, unexpected);
            }

            /// <summary>Writes the state to a file, in TorchSharp's format.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Writes the state, in TorchSharp's format.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            /// <summary>Writes the state, in TorchSharp's format.</summary>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes tensors by path, in TorchSharp's format.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null) =>
                StateFile.Write(writer, sd.Where(item => skip?.Contains(item.Key) != true).ToList());

            /// <summary>Reads a state that save wrote. Truncated and foreign files are refused, and the module stays as it was.</summary>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <inheritdoc cref="load(string, bool, IList{string}?, Dictionary{string, bool}?)"/>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <inheritdoc cref="load(string, bool, IList{string}?, Dictionary{string, bool}?)"/>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var scope = NewDisposeScope();
                var state = StateFile.Read(reader);
                load_state_dict(state, strict, skip);
                if (loadedParameters is not null)
                    foreach (var key in state_dict().Keys)
                        loadedParameters[key] = state.ContainsKey(key);
                return this;
            }
        }
    }
}
