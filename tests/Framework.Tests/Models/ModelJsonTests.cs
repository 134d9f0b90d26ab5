namespace Squelch.Tests.Models;

public sealed class ModelJsonTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void TheShortFormIsThePapersFormulas()
    {
        ModelShape model = Read("""{"name":"x","recurrent":24,"attention":4,"mlp":28,"hidden":4096,"state":128}""");

        Assert.Equal(("x", _path, 26_787_840L), (model.Name, model.Source, model.CheckpointBytes));
        Assert.Equal(ModelShape.PaperHybrid.Flops(12_345), model.Flops(12_345));
    }

    [Fact]
    public void APropertyThatIsThereTwiceIsRefused()
        => Assert.Contains(
            "'layers[0].count' is there twice",
            Assert.Throws<SquelchException>(() => Read("""{"name":"x","layers":[{"kind":"mlp","count":1,"count":2,"hidden":64,"intermediate":64}]}""")).Message,
            StringComparison.Ordinal);

    /// <summary>The page that an error names is there, and what it shows can be read.</summary>
    [Fact]
    public void TheModelsOfTheDocumentationCanBeRead()
    {
        Assert.Contains("docs/models.md", Assert.Throws<SquelchException>(() => Read("{")).Message, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "models.md"));
        string[] models = [.. page.Split("```json").Skip(1).Select(part => part.Split("```")[0])];

        Assert.Equal(["my-hybrid", "my-model"], models.Select(model => Read(model).Name));
    }

    [Fact]
    public void GroupsOfLayersDescribeEveryPreset()
    {
        ModelShape qwen = Read("""
            {
              "name": "q", "source": "mine",
              "layers": [
                { "kind": "attention", "count": 12, "hidden": 2048, "heads": 16, "kvHeads": 2, "headDim": 256, "gated": true },
                { "kind": "gatedDeltaNet", "count": 36, "hidden": 2048, "keyHeads": 16, "keyDim": 128, "valueHeads": 32, "valueDim": 128 },
                { "kind": "mlp", "count": 48, "hidden": 2048, "intermediate": 512, "gated": true, "activeExperts": 11, "routedExperts": 512 },
              ],
            }
            """);
        ModelShape zamba = Read("""
            {"name":"z","layers":[
              {"kind":"attention","count":13,"hidden":3584,"heads":32,"headDim":224,"input":7168},
              {"kind":"mamba2","count":81,"hidden":3584,"heads":112,"headDim":64,"state":64,"groups":2,"convolution":4,"bytesPerElement":2},
              {"kind":"mlp","count":13,"hidden":3584,"intermediate":14336,"gated":true}]}
            """);
        ModelShape jamba = Read("""
            {"name":"j","layers":[
              {"kind":"attention","count":4,"hidden":4096,"heads":32,"kvHeads":8,"headDim":128},
              {"kind":"mamba1","count":28,"hidden":4096,"inner":8192,"state":16,"dtRank":256},
              {"kind":"mlp","count":16,"hidden":4096,"intermediate":14336,"gated":true},
              {"kind":"mlp","count":16,"hidden":4096,"intermediate":14336,"gated":true,"activeExperts":2,"routedExperts":16}]}
            """);

        Assert.Equal("mine", qwen.Source);
        Assert.Equal(ModelCatalog.Find("qwen3-next").Layers.AsEnumerable(), qwen.Layers);
        Assert.Equal(ModelCatalog.Find("zamba2-7b").Layers.AsEnumerable(), zamba.Layers);
        Assert.Equal(ModelCatalog.Find("jamba-1.5-mini").Layers.AsEnumerable(), jamba.Layers);
    }

    [Fact]
    public void ThePapersRecurrentLayerCanStandAmongOthers()
        => Assert.Equal(26_787_840, Read("""{"name":"x","layers":[{"kind":"mamba","count":24,"hidden":4096,"state":128}]}""").CheckpointBytes);

    [Theory]
    [InlineData("{\"name\":\"x\",\n\"recurrent\":}", "line 2: not valid JSON", "docs/models.md")]
    [InlineData("[1]", "the file is not a JSON object", "Write {")]
    [InlineData("""{"name":"x","recurrent":24,"atention":4,"mlp":28,"hidden":4096,"state":128}""", "property 'atention' is not known", "Did you mean 'attention'?")]
    [InlineData("""{"name":"x","recurrent":24,"attention":4,"mlp":28,"hidden":4096}""", "property 'state' is missing", "Add it")]
    [InlineData("""{"recurrent":24,"attention":4,"mlp":28,"hidden":4096,"state":8}""", "property 'name' is missing", "Add it")]
    [InlineData("""{"name":"x","recurrent":-1,"attention":4,"mlp":28,"hidden":4096,"state":8}""", "property 'recurrent' is -1", "from 0 to")]
    [InlineData("""{"name":"x","recurrent":1,"attention":4,"mlp":28,"hidden":0,"state":8}""", "property 'hidden' is 0", "from 1 to")]
    [InlineData("""{"name":"x","recurrent":1.5,"attention":4,"mlp":28,"hidden":8,"state":8}""", "property 'recurrent' is 1.5", "a whole number")]
    [InlineData("""{"name":"x","recurrent":"1","attention":4,"mlp":28,"hidden":8,"state":8}""", "property 'recurrent' is \"1\"", "a whole number")]
    [InlineData("""{"name":"","recurrent":1,"attention":4,"mlp":28,"hidden":8,"state":8}""", "property 'name' is \"\"", "not empty")]
    [InlineData("""{"name":"x","recurrent":0,"attention":0,"mlp":28,"hidden":8,"state":8}""", "keeps no state", "at least one")]
    [InlineData("""{"name":"x","layers":[]}""", "property 'layers' is []", "at least one group")]
    [InlineData("""{"name":"x","layers":[3]}""", "layers[0] is not a JSON object", "Write {")]
    [InlineData("""{"name":"x","layers":[{"kind":"atention"}]}""", "property 'layers[0].kind' is 'atention'", "Did you mean 'attention'?")]
    [InlineData("""{"name":"x","layers":[{"kind":"mamba","count":2,"hidden":8,"state":8},{"kind":"mlp","count":2,"hidden":8}]}""", "property 'layers[1].intermediate' is missing", "Add it")]
    [InlineData("""{"name":"x","layers":[{"kind":"mlp","count":2,"hidden":8,"intermediate":9,"gated":1}]}""", "property 'layers[0].gated' is 1", "true or false")]
    [InlineData("""{"name":"x","layers":[{"kind":"mlp","count":2,"hidden":8,"intermediate":9,"heads":1}]}""", "property 'layers[0].heads' is not known", "Known here")]
    [InlineData("""{"name":"x","layers":[{"kind":"mamba","count":16777216,"hidden":16777216,"state":16777216}]}""", "model 'x'", "Check the sizes")]
    [InlineData("""{"name":"\ud800","recurrent":1,"attention":1,"mlp":1,"hidden":64,"state":4}""", "half a character", "Write the character")]
    [InlineData("""{"\ud800":1,"name":"x","recurrent":1,"attention":1,"mlp":1,"hidden":64,"state":4}""", "half a character", "Write the character")]
    [InlineData("", "line 1: not valid JSON", "docs/models.md")]
    public void ABadModelFileIsNamedWithPropertyAndRemedy(string json, string fault, string remedy)
    {
        string message = Assert.Throws<SquelchException>(() => Read(json)).Message;

        Assert.StartsWith(_path, message);
        Assert.Contains(fault, message);
        Assert.Contains(remedy, message);
    }

    [Fact]
    public void AModelFileThatIsNotThereIsNamed()
        => Assert.StartsWith("no/such.json: the model file cannot be read (there is no such file).", Assert.Throws<SquelchException>(() => ModelCatalog.Resolve("no/such.json")).Message);

    [Fact]
    public void AModelIsResolvedByNameOrPath()
    {
        Read("""{"name":"x","recurrent":1,"attention":1,"mlp":1,"hidden":64,"state":4}""");

        Assert.Equal("x", ModelCatalog.Resolve(_path).Name);
        Assert.Equal("tiny", ModelCatalog.Resolve("Tiny").Name);
    }

    [Fact]
    public void AFileWithoutAnEndingIsReadWhereItExists()
    {
        string name = $"model{Guid.NewGuid():N}";
        Assert.Contains("no model is called", Assert.Throws<SquelchException>(() => ModelCatalog.Resolve(name)).Message);
        File.WriteAllText(name, """{"name":"x","recurrent":1,"attention":1,"mlp":1,"hidden":64,"state":4}""");
        try
        {
            Assert.Equal("x", ModelCatalog.Resolve(name).Name);
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b.json")]
    public void APathThatCannotBeOneIsRefused(string path)
        => Assert.Contains("cannot be read", Assert.Throws<SquelchException>(() => ModelShape.FromJson(path)).Message);

    private ModelShape Read(string json)
    {
        File.WriteAllText(_path, json);
        return ModelShape.FromJson(_path);
    }
}
