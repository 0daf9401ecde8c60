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
        Assert.That(actual.Names, Is.EqualTo(expected.Names));
        foreach (var parameter in expected.Parameters)
        {
            var other = actual[parameter.Name];
            Assert.That(other.Constraint, Is.EqualTo(parameter.Constraint));
            Assert.That(other.Constraint.Description, Is.EqualTo(parameter.Constraint.Description));
            Assert.That(other.Tags.Order(), Is.EqualTo(parameter.Tags.Order()));
            Assert.That(other.Unconstrained.dtype, Is.EqualTo(parameter.Unconstrained.dtype));
            Assert.That(other.Unconstrained.shape, Is.EqualTo(parameter.Unconstrained.shape));
            Assert.That(other.Unconstrained.detach().bytes.ToArray(), Is.EqualTo(parameter.Unconstrained.detach().bytes.ToArray()));
            Assert.That(other.Unconstrained is { requires_grad: true, is_leaf: true });
        }
    }

    [Test]
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
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([Path]));
    }

    [Test]
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

    [Test]
    public void LoadedValuesGoIntoTheParametersThatExist()
    {
        var store = Filled();
        store.Save(Path);
        var (kept, leaf) = (store["positive"], store["positive"].Unconstrained);
        store.SetValue("positive", tensor(7f));
        store.GetParam("later", 5.0);
        store.Tag("positive", "changed");
        store.Load(Path);
        Assert.That(store["positive"], Is.SameAs(kept));
        Assert.That(store["positive"].Unconstrained, Is.SameAs(leaf));
        Numeric.Close(3, store.GetValue("positive").Number(), 1e-6);
        Assert.That(kept.Tags, Has.No.Member("changed"));
        Assert.That(store.Contains("later"), Is.True);
    }

    [Test]
    public void TheFileIsWhatTheFormatSays()
    {
        // Read by hand, as Python's reader does: values under the parameters' names, aligned, in order and without holes.
        Filled().Save(Path);
        var bytes = File.ReadAllBytes(Path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.That(length % 8, Is.EqualTo(0));
        using var header = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(8, length));
        var positive = header.RootElement.GetProperty("positive");
        Assert.That(positive.GetProperty("dtype").GetString(), Is.EqualTo("F32"));
        Assert.That(positive.GetProperty("shape").GetArrayLength(), Is.EqualTo(0));
        var begin = positive.GetProperty("data_offsets")[0].GetInt32();
        Numeric.Close(3, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length + begin)), 1e-6);
        Assert.That(header.RootElement.GetProperty("__metadata__").GetProperty("pyro.version").GetString(), Is.EqualTo("1"));
    }

    private static byte[] Made(string header, int data = 0) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[data]];

    public static IEnumerable<TestCaseData<string, byte[]>> Hostile()
    {
        const string meta = "\"__metadata__\":{\"pyro.kind\":\"params\",\"pyro.version\":\"1\",\"pyro.params\":\"[]\",\"pyro.averages\":\"[]\"}";
        string List(string entries) => meta.Replace("\"[]\"", "\"" + entries.Replace("\"", "\\\"") + "\"").Replace("pyro.averages\":\"" + entries.Replace("\"", "\\\""), "pyro.averages\":\"[]");
        return
        [
            new("empty", []),
            new("three bytes", [1, 2, 3]),
            new("header of 2^63 bytes", [0, 0, 0, 0, 0, 0, 0, 0x80, (byte)'{', (byte)'}']),
            new("header of 2^64 - 1 bytes", [.. Enumerable.Repeat((byte)0xff, 8), (byte)'{', (byte)'}']),
            new("header longer than the file", [200, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']),
            new("no JSON", Made("hello")),
            new("an array", Made("[1,2]")),
            new("deep", Made(new string('[', 10_000))),
            new("overlapping ranges", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", 12)),
            new("a hole", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8)),
            new("range backwards", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,4]}}", 8)),
            new("negative range", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[-8,-8]}}")),
            new("wrong dtype", Made("{" + meta + ",\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
            new("dtype that does not fit its range", Made("{" + meta + ",\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
            new("shape of 2^70 numbers", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[34359738368,34359738368],\"data_offsets\":[0,4]}}", 4)),
            new("negative shape", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[-1,-1],\"data_offsets\":[0,4]}}", 4)),
            new("shape that is no number", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[\"1\"],\"data_offsets\":[0,4]}}", 4)),
            new("a name twice", Made("{" + meta + ",\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8)),
            new("something added", Made("{" + meta + "}", 3)),
            new("another program's file", Made("{\"__metadata__\":{\"format\":\"pt\"}}")),
            new("no metadata", Made("{}")),
            new("another kind", Made("{" + meta.Replace("\"params\"", "\"optimizer\"") + "}")),
            new("another version", Made("{" + meta.Replace("\"1\"", "\"99\"") + "}")),
            new("a list that is none", Made("{" + List("{}") + "}")),
            new("a list of numbers", Made("{" + List("[1]") + "}")),
            new("a tensor that is not there", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"simplex\",\"tags\":[],\"leaf\":\"x\"}]") + "}")),
            new("an unknown constraint", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"sphere\",\"tags\":[],\"leaf\":\"x\"}]") + "}")),
            new("two parameters of one tensor", Made("{" + List("[{\"name\":\"a\",\"constraint\":\"ordered\",\"tags\":[],\"leaf\":\"x\"},{\"name\":\"b\",\"constraint\":\"ordered\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
            new("a simplex of one number without a dimension", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"simplex\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}", 4)),
            new("a matrix of one row", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"lower_cholesky\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
            new("integers as a parameter", Made("{" + List("[{\"name\":\"real\",\"constraint\":\"simplex\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)),
            new("NaN as a parameter", [.. Made("{" + List("[{\"name\":\"real\",\"constraint\":\"simplex\",\"tags\":[],\"leaf\":\"x\"}]") + ",\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"), 0, 0, 0xc0, 0x7f]),
        ];
    }

    [TestCaseSource(nameof(Hostile))]
    public void WhatIsHostileIsRefusedWithASentence(string what, byte[] bytes)
    {
        Assert.That(what, Is.Not.Empty);
        var store = Filled();
        File.WriteAllBytes(Path, bytes);
        var error = Assert.Throws<InvalidDataException>(() => store.Load(Path));
        Assert.That(error.Message, Does.Contain(Path));
        Assert.That(error.Message, Does.EndWith("Nothing was changed."));
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

    [Test]
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
        Assert.That(store.GetValue("a").Numbers(), Is.EqualTo([1, 2]));
    }

    [Test]
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

    [Test]
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
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([Path]));
    }

    [Test]
    public void WhatCannotBeSavedSaysSo()
    {
        var store = new ParamStore();
        store.GetParam("bounded", tensor(3.0), Constraints.AtLeast(tensor(1.0)));
        Assert.That(() => store.Save(Path), Throws.TypeOf<NotSupportedException>().With.Message.Contains("'bounded'"));
        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [TestCase("leaf")]
    [TestCase("average")]
    public void WhatCouldNotBeLoadedAgainIsNotWritten(string what)
    {
        var store = Filled();
        store.Save(Path);
        var before = File.ReadAllBytes(Path);
        using (no_grad())
        {
            if (what == "leaf")
                store["simplex"].Unconstrained.fill_(double.NegativeInfinity);
            else
                store.SetAverage("z", tensor(double.NaN));
        }
        var error = Assert.Throws<ModelException>(() => store.Save(Path));
        Assert.That(error.Message, Does.Contain(what == "leaf" ? "'simplex' is -Infinity" : "average of 'z' is NaN"));
        Assert.That(error.Message, Does.Contain(Path));
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([Path]));
        using var memory = new MemoryStream();
        Assert.Throws<ModelException>(() => store.Save(memory));
        Assert.That(memory.Length, Is.EqualTo(0));
    }

    [Test]
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
        Assert.That(store.GetValue("a").Number(), Is.EqualTo(1));
        Assert.That(store["net$$$weight"], Is.SameAs(held));
        Assert.That(store.GetValue("net$$$weight").Number(), Is.EqualTo(weight));
        // A module that is made anew goes on from there.
        using var again = nn.Linear(1, 1);
        store.GetOrAdopt("net$$$weight", again.weight!, out var created);
        Assert.That(created, Is.False);
        Assert.That(again.weight!.Number(), Is.EqualTo(weight));
    }

    [Test]
    public void Value_ThatRunsIntoTheEndOfItsNumbers_IsSavedAndLoaded()
    {
        var store = Filled();
        using (no_grad())
            store["positive"].Unconstrained.fill_(1000);
        store.Save(Path);
        var loaded = new ParamStore();
        loaded.Load(Path);
        Assert.That(loaded["positive"].Unconstrained.Number(), Is.EqualTo(1000));
        Assert.That(loaded.GetValue("positive").Number(), Is.EqualTo(store.GetValue("positive").Number()).And.LessThan(double.PositiveInfinity));
    }

    [TestCase("positive_definite", "[8000,1]", 32000)]
    [TestCase("correlation_cholesky", "[1,8000]", 32000)]
    [TestCase("lower_cholesky", "[1,4]", 16)]
    [TestCase("lower_cholesky", "[4,1]", 16)]
    [TestCase("ordered", "[0]", 0)]
    [TestCase("interval -1.7e308 1.7e308 False False Interval", "[1]", 4)]
    [TestCase("interval 1e308 1.0000000000000002e308 False False I", "[1]", 4)]
    public void AParameterThatIsNotItsConstraintsIsRefused(string constraint, string shape, int bytes)
    {
        var entry = $"[{{\"name\":\"a\",\"constraint\":\"{constraint}\",\"tags\":[],\"leaf\":\"x\"}}]".Replace("\"", "\\\"");
        File.WriteAllBytes(Path, Made(
            $"{{\"__metadata__\":{{\"pyro.kind\":\"params\",\"pyro.version\":\"1\",\"pyro.params\":\"{entry}\",\"pyro.averages\":\"[]\"}}," +
            $"\"x\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":[0,{bytes}]}}}}", bytes));
        var store = new ParamStore();
        Assert.That(() => store.Load(Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("'a' has the"));
        Assert.That(store.Names, Is.Empty);
    }

    [Test]
    public void TwoAveragesOfOneSiteAreRefused()
    {
        using (var stream = File.Create(Path))
            SafeTensors.Write(stream, [new("a", tensor(1.0))], new Dictionary<string, string>
            {
                ["pyro.kind"] = "params", ["pyro.version"] = "1", ["pyro.params"] = "[]", ["pyro.averages"] = "[{\"site\":\"z\",\"key\":\"a\"},{\"site\":\"z\",\"key\":\"a\"}]",
            });
        Assert.That(() => new ParamStore().Load(Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("two averages of 'z'"));
    }

    [Test]
    public void ValuesStandUnderTheirNamesWhateverOthersAreCalled()
    {
        var store = new ParamStore();
        store.GetParam("a", tensor(2.0), Constraints.Positive);
        store.GetParam("a.unconstrained", tensor(5.0));
        store.Save(Path);
        using (var stream = File.OpenRead(Path))
        {
            var (tensors, _) = SafeTensors.Read(stream);
            Assert.That(tensors["a"].Number(), Is.EqualTo(2).Within(1e-12));
            Assert.That(tensors["a.unconstrained"].Number(), Is.EqualTo(5));
        }
        var loaded = new ParamStore();
        loaded.Load(Path);
        Same(store, loaded);
    }

    [Test]
    public void AParameterThatExistsKeepsItsDtype()
    {
        var (store, other) = (new ParamStore(), new ParamStore());
        store.GetParam("a", tensor(1.25), Constraints.Positive);
        store.GetParam("b", tensor(1.5));
        store.Save(Path);
        other.GetParam("a", tensor(3f), Constraints.Positive);
        var leaf = other["a"].Unconstrained;
        other.Load(Path);
        Assert.That(other["a"].Unconstrained, Is.SameAs(leaf));
        Assert.That(other.GetValue("a").dtype, Is.EqualTo(ScalarType.Float32));
        Numeric.Close(1.25, other.GetValue("a").Number(), 1e-6);
        Assert.That(other.GetParam("b", 0.0).dtype, Is.EqualTo(ScalarType.Float64));
        // What its dtype cannot hold is refused, and the rest of the file with it.
        store.SetValue("a", tensor(9.0));
        store.SetValue("b", tensor(1e300));
        store.Save(Path);
        other.Remove("b");
        other.GetParam("b", tensor(2f));
        Assert.That(() => other.Load(Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("'b' is Infinity"));
        Numeric.Close(1.25, other.GetValue("a").Number(), 1e-6);
    }

    [Test]
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
        Assert.That(mixed, Is.EqualTo(0));
    }

    [Test]
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
        Assert.That(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, Is.InRange(0, 15));
        Assert.That(store.Count, Is.EqualTo(count));
    }

    [Test]
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
        Assert.That(refused.Message, Does.Contain("'m'"));
        Assert.That(steps, Is.EqualTo(1));
    }

    [Test]
    public void TagsAndValuesAreManaged()
    {
        var store = Filled();
        Assert.That(store["net$$$fc.weight"].ModuleName, Is.EqualTo("net"));
        Assert.That(store["net$$$fc.weight"].NameInModule, Is.EqualTo("fc.weight"));
        Assert.That(store["real"].ModuleName, Is.EqualTo("real"));
        Assert.That(store.NameOf(store["real"].Unconstrained), Is.EqualTo("real"));
        Assert.That(store.NameOf(zeros(1)), Is.Null);
        store.DeleteTag("slow");
        Assert.That(store["net$$$fc.weight"].Tags, Is.EqualTo(["net"]));
        Assert.Throws<KeyNotFoundException>(() => store.DeleteTag("slow"));
        store.SetValue("simplex", tensor(new[] { 0.1, 0.1, 0.8 }));
        Numeric.Close([0.1, 0.1, 0.8], store.GetValue("simplex").Numbers(), 1e-9);
        Assert.Throws<ModelException>(() => store.SetValue("positive", tensor(-1f)));
        Assert.Throws<ModelException>(() => store.SetValue("positive", ones(2)));
    }
}
