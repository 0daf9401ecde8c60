using System.Buffers.Binary;
using System.Text;
using Pyro.Distributions;
using Pyro.Files;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Params;

/// <summary>Parameters in files: what comes back, what is refused, and what a failure leaves.</summary>
public sealed class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("params").FullName;

    private string Path => System.IO.Path.Combine(_folder, "a.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ParamStore Filled()
    {
        var store = new ParamStore();
        store.GetParam("real", tensor(new[,] { { 1.5, -2 }, { 0.25, 1e-300 } }));
        store.GetParam("net$$$fc.weight", rand(3, 2), tags: ["net", "slow"]);
        store.GetParam("positive", tensor(3.0f), Constraints.Positive);
        store.GetParam("interval", tensor(new[] { 2.5, 4 }), Constraints.Interval(2, 5));
        store.GetParam("simplex", tensor(new[] { 0.2, 0.3, 0.5 }), Constraints.Simplex);
        store.GetParam("cholesky", eye(2, dtype: ScalarType.Float64) * 2, Constraints.LowerCholesky);
        store.GetParam("ordered", tensor(new[] { -1.5, 0.25, 3 }), Constraints.Ordered);
        store.GetParam("covariance", tensor(new[,] { { 2, 0.5 }, { 0.5, 1 } }), Constraints.PositiveDefinite);
        store.GetParam("correlation", tensor(new[,] { { 1, 0 }, { 0.6, 0.8 } }), Constraints.CorrelationCholesky);
        store.GetParam("unit", tensor(0.25), Constraints.UnitInterval);
        store.GetParam("open", tensor(0.25), Constraints.OpenUnitInterval);
        store.GetParam("non-negative", tensor(0.25), Constraints.NonNegative);
        store.GetParam("angle", tensor(0.25), Constraints.Circle);
        store.GetParam("above", tensor(3.0), Constraints.GreaterThan(-2.5));
        store.GetParam("below", tensor(-3.0), Constraints.LessThan(2.5));
        store.GetParam("empty", zeros(0, 3));
        store.GetParam("ünïcode \"name\"", 1.0);
        return store;
    }

    private static void Same(ParamStore expected, ParamStore actual)
    {
        Assert.Equal(expected.Names, actual.Names);
        foreach (var parameter in expected.Parameters)
        {
            var other = actual[parameter.Name];
            Assert.Equal(parameter.Constraint, other.Constraint);
            Assert.Equal(parameter.Constraint.Description, other.Constraint.Description);
            Assert.Equal(parameter.Tags.Order(), other.Tags.Order());
            Assert.Equal(parameter.Unconstrained.dtype, other.Unconstrained.dtype);
            Assert.Equal(parameter.Unconstrained.shape, other.Unconstrained.shape);
            Assert.Equal(parameter.Unconstrained.detach().bytes.ToArray(), other.Unconstrained.detach().bytes.ToArray());
            Assert.True(other.Unconstrained is { requires_grad: true, is_leaf: true });
        }
    }

    [Fact]
    public void WhatIsSavedComesBackBitForBit()
    {
        // Defect B7 of the reference: tags did not.
        var store = Filled();
        store.Save(Path);
        var loaded = new ParamStore();
        loaded.Load(Path);
        Same(store, loaded);
        using var memory = new MemoryStream();
        store.Save(memory);
        memory.Position = 0;
        var again = new ParamStore();
        again.Load(memory);
        Same(store, again);
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void AStreamIsReadFromWhereItStands()
    {
        using var memory = new MemoryStream();
        memory.Write([1, 2, 3, 4, 5]);
        var store = Filled();
        store.Save(memory);
        memory.Position = 5;
        var loaded = new ParamStore();
        loaded.Load(memory);
        Same(store, loaded);
    }

    [Fact]
    public void LoadedValuesGoIntoTheParametersThatExist()
    {
        var store = Filled();
        store.Save(Path);
        var (kept, leaf) = (store["positive"], store["positive"].Unconstrained);
        store.SetValue("positive", tensor(7f));
        store.GetParam("later", 5.0);
        store.Tag("positive", "changed");
        store.Load(Path);
        Assert.Same(kept, store["positive"]);
        Assert.Same(leaf, store["positive"].Unconstrained);
        Numeric.Close(3, store.GetValue("positive").Number(), 1e-6);
        Assert.DoesNotContain("changed", kept.Tags);
        Assert.True(store.Contains("later"));
    }

    [Fact]
    public void TheFileIsWhatTheFormatSays()
    {
        // Read by hand, as Python's reader does: values under the parameters' names, aligned, in order and without holes.
        Filled().Save(Path);
        var bytes = File.ReadAllBytes(Path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        using var header = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(8, length));
        var positive = header.RootElement.GetProperty("positive");
        Assert.Equal("F32", positive.GetProperty("dtype").GetString());
        Assert.Equal(0, positive.GetProperty("shape").GetArrayLength());
        var begin = positive.GetProperty("data_offsets")[0].GetInt32();
        Numeric.Close(3, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length + begin)), 1e-6);
        Assert.Equal("1", header.RootElement.GetProperty("__metadata__").GetProperty("pyro.version").GetString());
    }

    private static byte[] Made(string header, int data = 0) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];

    public static TheoryData<string, byte[]> Hostile()
    {
        const string meta = "\"__metadata__\":{\"pyro.kind\":\"params\",\"pyro.version\":\"1\",\"pyro.params\":\"[]\",\"pyro.averages\":\"[]\"}";
        string List(string entries) => meta.Replace("\"[]\"", "\"" + entries.Replace("\"", "\\\"") + "\"").Replace("pyro.averages\":\"" + entries.Replace("\"", "\\\""), "pyro.averages\":\"[]");
        return new()
        {
            { "empty", [] },
            { "three bytes", [1, 2, 3] },
            { "header of 2^63 bytes", [0, 0, 0, 0, 0, 0, 0, 0x80, (byte)'{', (byte)'}'] },
            { "header of 2^64 - 1 bytes", [.. Enumerable.Repeat((byte)0xff, 8), (byte)'{', (byte)'}'] },
            { "header longer than the file", [200, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}'] },
            { "no JSON", Made("hello") },
            { "an array", Made("[1,2]") },
            { "deep", Made(new string('[', 10_000)) },
            { "overlapping ranges", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12) },
            { "a hole", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8) },
            { "range backwards", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,4]}}", 8) },
            { "negative range", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[-8,-8]}}") },
            { "wrong dtype", Made("{" + meta + ",\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4) },
            { "dtype that does not fit its range", Made("{" + meta + ",\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4) },
            { "shape of 2^70 numbers", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[34359738368,34359738368],\"data_offsets\":[0,4]}}", 4) },
            { "negative shape", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[-1,-1],\"data_offsets\":[0,4]}}", 4) },
            { "shape that is no number", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}", 4) },
            { "a name twice", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8) },
            { "something added", Made("{" + meta + "}", 3) },
            { "another program's file", Made("{\"__metadata__\":{\"format\":\"pt\"}}") },
            { "no metadata", Made("{}") },
            { "another kind", Made("{" + meta.Replace("\"params\"", "\"optimizer\"") + "}") },
            { "another version", Made("{" + meta.Replace("\"1\"", "\"99\"") + "}") },
            { "a list that is none", Made("{" + List("{}") + "}") },
            { "a list of numbers", Made("{" + List("[1]") + "}") },
            { "a tensor that is not there", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"simplex\",\"tags\":[],\"leaf\":\"x\"}]") + "}") },
            { "an unknown constraint", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"sphere\",\"tags\":[],\"leaf\":\"x\"}]") + "}") },
            { "two parameters of one tensor", Made("{" + List("[{\"name\":\"a\",\"constraint\":\"ordered\",\"tags\":[],\"leaf\":\"x\"},{\"name\":\"b\",\"constraint\":\"ordered\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4) },
            { "a simplex of one number without a dimension", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"simplex\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}", 4) },
            { "a matrix of one row", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"lower_cholesky\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4) },
            { "integers as a parameter", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"simplex\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4) },
            { "NaN as a parameter", [.. Made("{" + List("[{\"name\":\"real\",\"constraint\":\"simplex\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"), 0, 0, 0xc0, 0x7f] },
        };
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void WhatIsHostileIsRefusedWithASentence(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        var store = Filled();
        File.WriteAllBytes(Path, bytes);
        var error = Assert.Throws<InvalidDataException>(() => store.Load(Path));
        Assert.Contains(Path, error.Message);
        Assert.EndsWith("Nothing was changed.", error.Message);
        Same(Filled2(store), store);

        // What is in the store is what was there: loading a good file over it changes nothing.
        static ParamStore Filled2(ParamStore present)
        {
            using var memory = new MemoryStream();
            present.Save(memory);
            memory.Position = 0;
            var copy = new ParamStore();
            copy.Load(memory);
            return copy;
        }
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        var store = new ParamStore();
        store.GetParam("a", tensor(new[] { 1.0, 2 }));
        store.GetParam("b", 3.0, Constraints.Positive);
        store.Save(Path);
        var bytes = File.ReadAllBytes(Path);
        for (var length = 0; length < bytes.Length; length++)
        {
            using var memory = new MemoryStream(bytes, 0, length);
            Assert.Throws<InvalidDataException>(() => store.Load(memory));
        }
        Assert.Equal([1, 2], store.GetValue("a").Numbers());
    }

    [Fact]
    public void RandomDamageIsRefusedOrHarmless()
    {
        var store = Filled();
        store.Save(Path);
        var bytes = File.ReadAllBytes(Path);
        var random = new Random(1);
        for (var i = 0; i < 1500; i++)
        {
            var damaged = bytes.ToArray();
            for (var k = random.Next(1, 4); k > 0; k--)
                damaged[random.Next(Math.Min(damaged.Length, 1600))] = (byte)random.Next(256);
            using var memory = new MemoryStream(damaged);
            try
            {
                new ParamStore().Load(memory);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void AFailureWhileWritingLeavesTheOldFile()
    {
        var store = Filled();
        store.Save(Path);
        var before = File.ReadAllBytes(Path);
        Assert.Throws<IOException>(() => AtomicFile.Write(Path, stream =>
        {
            stream.Write(before.AsSpan(0, before.Length / 2));
            throw new IOException("No space left on device");
        }));
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatCannotBeSavedSaysSo()
    {
        var store = new ParamStore();
        store.GetParam("bounded", tensor(3.0), Constraints.AtLeast(tensor(1.0)));
        Assert.Contains("'bounded'", Assert.Throws<NotSupportedException>(() => store.Save(Path)).Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("leaf")]
    [InlineData("value")]
    [InlineData("average")]
    public void WhatCouldNotBeLoadedAgainIsNotWritten(string what)
    {
        var store = Filled();
        store.Save(Path);
        var before = File.ReadAllBytes(Path);
        using (no_grad())
        {
            if (what == "leaf")
                store["simplex"].Unconstrained.fill_(double.NegativeInfinity);
            else if (what == "value")
                store["positive"].Unconstrained.fill_(1000);
            else
                store.SetAverage("z", tensor(double.NaN));
        }
        var error = Assert.Throws<ModelException>(() => store.Save(Path));
        Assert.Contains(what switch { "leaf" => "'simplex' is -Infinity", "value" => "'positive' has the value Infinity", _ => "average of 'z' is NaN" }, error.Message);
        Assert.Contains(Path, error.Message);
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Equal([Path], Directory.GetFiles(_folder));
        using var memory = new MemoryStream();
        Assert.Throws<ModelException>(() => store.Save(memory));
        Assert.Equal(0, memory.Length);
    }

    [Fact]
    public void ARefusedFileChangesNothingAndADisposedModuleTakesItsValues()
    {
        var store = new ParamStore();
        store.GetParam("a", 1.0);
        var net = nn.Linear(1, 1);
        store.GetOrAdopt("net$$$weight", net.weight!, out _);
        store.Save(Path);
        var weight = net.weight!.Number();
        var held = store["net$$$weight"];
        store.SetValue("a", tensor(7f));
        net.Dispose();
        store.Load(Path);
        Assert.Equal(1, store.GetValue("a").Number());
        Assert.Same(held, store["net$$$weight"]);
        Assert.Equal(weight, store.GetValue("net$$$weight").Number());
        // A module that is made anew goes on from there.
        using var again = nn.Linear(1, 1);
        store.GetOrAdopt("net$$$weight", again.weight!, out var created);
        Assert.False(created);
        Assert.Equal(weight, again.weight!.Number());
    }

    [Theory]
    [InlineData("positive_definite", "[8000,1]", 32000)]
    [InlineData("correlation_cholesky", "[1,8000]", 32000)]
    [InlineData("lower_cholesky", "[1,4]", 16)]
    [InlineData("lower_cholesky", "[4,1]", 16)]
    [InlineData("ordered", "[0]", 0)]
    [InlineData("interval -1.7e308 1.7e308 False False Interval", "[1]", 4)]
    [InlineData("interval 1e308 1.0000000000000002e308 False False I", "[1]", 4)]
    [InlineData("interval -1e300 1 False False I", "[1]", 4)]
    public void AParameterThatIsNotItsConstraintsIsRefused(string constraint, string shape, int bytes)
    {
        var entry = $"[{{\"name\":\"a\",\"constraint\":\"{constraint}\",\"tags\":[],\"leaf\":\"x\"}}]".Replace("\"", "\\\"");
        File.WriteAllBytes(Path, Made(
            $"{{\"__metadata__\":{{\"pyro.kind\":\"params\",\"pyro.version\":\"1\",\"pyro.params\":\"{entry}\",\"pyro.averages\":\"[]\"}}," +
            $"\"x\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":[0,{bytes}]}}}}", bytes));
        var store = new ParamStore();
        Assert.Contains("'a' has the", Assert.Throws<InvalidDataException>(() => store.Load(Path)).Message);
        Assert.Empty(store.Names);
    }

    [Fact]
    public void TwoAveragesOfOneSiteAreRefused()
    {
        using (var stream = File.Create(Path))
            SafeTensors.Write(stream, [new("a", tensor(1.0))], new Dictionary<string, string>
            {
                ["pyro.kind"] = "params", ["pyro.version"] = "1", ["pyro.params"] = "[]", ["pyro.averages"] = "[{\"site\":\"z\",\"key\":\"a\"},{\"site\":\"z\",\"key\":\"a\"}]",
            });
        Assert.Contains("two averages of 'z'", Assert.Throws<InvalidDataException>(() => new ParamStore().Load(Path)).Message);
    }

    [Fact]
    public void ValuesStandUnderTheirNamesWhateverOthersAreCalled()
    {
        var store = new ParamStore();
        store.GetParam("a", tensor(2.0), Constraints.Positive);
        store.GetParam("a.unconstrained", tensor(5.0));
        store.Save(Path);
        using (var stream = File.OpenRead(Path))
        {
            var (tensors, _) = SafeTensors.Read(stream);
            Assert.Equal(2, tensors["a"].Number(), 1e-12);
            Assert.Equal(5, tensors["a.unconstrained"].Number());
        }
        var loaded = new ParamStore();
        loaded.Load(Path);
        Same(store, loaded);
    }

    [Fact]
    public void AParameterThatExistsKeepsItsDtype()
    {
        var (store, other) = (new ParamStore(), new ParamStore());
        store.GetParam("a", tensor(1.25), Constraints.Positive);
        store.GetParam("b", tensor(1.5));
        store.Save(Path);
        other.GetParam("a", tensor(3f), Constraints.Positive);
        var leaf = other["a"].Unconstrained;
        other.Load(Path);
        Assert.Same(leaf, other["a"].Unconstrained);
        Assert.Equal(ScalarType.Float32, other.GetValue("a").dtype);
        Numeric.Close(1.25, other.GetValue("a").Number(), 1e-6);
        Assert.Equal(ScalarType.Float64, other.GetParam("b", 0.0).dtype);
        // What its dtype cannot hold is refused, and the rest of the file with it.
        store.SetValue("a", tensor(9.0));
        store.SetValue("b", tensor(1e300));
        store.Save(Path);
        other.Remove("b");
        other.GetParam("b", tensor(2f));
        Assert.Contains("'b' is Infinity", Assert.Throws<InvalidDataException>(() => other.Load(Path)).Message);
        Numeric.Close(1.25, other.GetValue("a").Number(), 1e-6);
    }

    [Fact]
    public void WhatIsSavedIsOfOneMoment()
    {
        var store = new ParamStore();
        store.GetParam("x", ones(200_000), Constraints.Positive);
        var (a, b) = (ones(200_000), ones(200_000) * 50);
        var stop = false;
        var thread = new Thread(() =>
        {
            for (var i = 0; !Volatile.Read(ref stop); i++)
                store.SetValue("x", i % 2 == 0 ? b : a);
        });
        thread.Start();
        var mixed = 0;
        for (var i = 0; i < 60; i++)
        {
            using var scope = NewDisposeScope();
            using var memory = new MemoryStream();
            store.Save(memory);
            memory.Position = 0;
            var (tensors, _) = SafeTensors.Read(memory);
            var leaf = tensors["x.unconstrained"];
            if ((tensors["x"].log() - leaf).abs().max().item<float>() > 0.01 || leaf.min().item<float>() != leaf.max().item<float>())
                mixed++;
        }
        Volatile.Write(ref stop, true);
        thread.Join();
        Assert.Equal(0, mixed);
    }

    [Fact]
    public void ManyParametersAreLoadedInTimeThatGrowsWithTheirNumber()
    {
        // Half a second; where each was compared with all before it, the better part of a minute.
        const int count = 60_000;
        var entries = string.Join(',', Enumerable.Range(0, count).Select(i =>
            $"{{\"name\":\"p{i}\",\"constraint\":\"interval -Infinity Infinity False False Real\",\"tags\":[],\"leaf\":\"x{i}\"}}"));
        using var memory = new MemoryStream();
        var one = zeros(0);
        SafeTensors.Write(memory, [.. Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"x{i}", one))], new Dictionary<string, string>
        {
            ["pyro.kind"] = "params", ["pyro.version"] = "1", ["pyro.params"] = $"[{entries}]", ["pyro.averages"] = "[]",
        });
        memory.Position = 0;
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var store = new ParamStore();
        store.Load(memory);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 15);
        Assert.Equal(count, store.Count);
    }

    [Fact]
    public void ARunWithACheckpointRefusesWhatCannotBeSavedAtOnce()
    {
        var lower = tensor(1.0);
        var constraint = Constraints.AtLeast(lower);
        var steps = 0;
        var model = Runs.Program(() => Primitives.Sample("z", new Normal(0, 1)));
        var guide = Runs.Program(() =>
        {
            steps++;
            Primitives.Sample("z", new Normal(Primitives.Param("m", 3.0, constraint), 1));
        });
        var svi = new SVI<Unit>(model, guide, new Adam(0.01), new ELBO(), Runs.Context());
        var refused = Assert.Throws<NotSupportedException>(() => svi.Run(default, 5000, new RunOptions { Checkpoint = Path }));
        Assert.Contains("'m'", refused.Message);
        Assert.Equal(1, steps);
    }

    [Fact]
    public void TagsAndValuesAreManaged()
    {
        var store = Filled();
        Assert.Equal("net", store["net$$$fc.weight"].ModuleName);
        Assert.Equal("fc.weight", store["net$$$fc.weight"].NameInModule);
        Assert.Equal("real", store["real"].ModuleName);
        Assert.Equal("real", store.NameOf(store["real"].Unconstrained));
        Assert.Null(store.NameOf(zeros(1)));
        store.DeleteTag("slow");
        Assert.Equal(["net"], store["net$$$fc.weight"].Tags);
        Assert.Throws<KeyNotFoundException>(() => store.DeleteTag("slow"));
        store.SetValue("simplex", tensor(new[] { 0.1, 0.1, 0.8 }));
        Numeric.Close([0.1, 0.1, 0.8], store.GetValue("simplex").Numbers(), 1e-9);
        Assert.Throws<ModelException>(() => store.SetValue("positive", tensor(-1f)));
        Assert.Throws<ModelException>(() => store.SetValue("positive", ones(2)));
    }
}
