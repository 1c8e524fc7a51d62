using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Retell.Spec.Documents;

/// <summary>
/// Reads YAML into a JSON tree, event by event. What aliases stand for is written out, within bounds: a few lines of them
/// could otherwise stand for more than fits in memory.
/// </summary>
internal sealed class YamlReader
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    private readonly string _file;
    private readonly Parser _parser;
    private readonly Dictionary<string, Anchored?> _anchors = new(StringComparer.Ordinal);

    /// <summary>Where the reader is: the keys and indexes from the root.</summary>
    private readonly List<object> _path = [];

    private readonly long _allowed;
    private long _nodes;

    private YamlReader(string text, string file)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
        _allowed = 100_000 + (10L * text.Length);
    }

    /// <summary>Returns the content of a text, or null if there is none.</summary>
    public static JToken? Read(string text, string file)
    {
        var reader = new YamlReader(text, file);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException exception)
        {
            throw reader.Invalid(exception.Start, exception.Message);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The parser has no exception of its own for some texts, such as a tag that is no URI.
            throw reader.Invalid(reader._parser.Current?.End ?? Mark.Empty, exception.Message);
        }
    }

    private JToken? ReadDocument()
    {
        Next<StreamStart>();
        if (Next() is StreamEnd)
        {
            return null;
        }

        JToken root = Node(Next()).Token;
        Next<DocumentEnd>();
        return Next() is ParsingEvent and not StreamEnd and { Start: Mark second }
            ? throw Error(second, "A second YAML document begins here.", "Leave one document in the file.")
            : root;
    }

    private ParsingEvent Next()
    {
        if (!_parser.MoveNext())
        {
            throw new YamlException("The text ends unexpectedly.");
        }

        return _parser.Current!;
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (Next() is not T)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"{typeof(T).Name} is expected here.");
        }
    }

    private Anchored Node(ParsingEvent start)
    {
        Count(1, start);
        if (start is AnchorAlias alias)
        {
            Anchored known = Find(alias);
            CheckDepth(known.Depth, start);
            Count(known.Nodes, start);
            return known with { Token = known.Token.DeepClone() };
        }

        string? anchor = start is NodeEvent { Anchor: { IsEmpty: false } name } ? name.Value : null;
        if (anchor is not null)
        {
            // Nothing stands for it until it is complete.
            _anchors[anchor] = null;
        }

        long before = _nodes;
        (JToken token, int depth) = Content(start);
        var read = new Anchored(token, depth, _nodes - before, start is Scalar scalar ? scalar.Value : null);
        if (anchor is not null)
        {
            _anchors[anchor] = read;
        }

        return read;
    }

    private (JToken Token, int Depth) Content(ParsingEvent start)
    {
        switch (start)
        {
            case Scalar scalar:
                return (Value(scalar), 0);
            case SequenceStart:
                CheckDepth(1, start);
                return Sequence();
            case MappingStart:
                CheckDepth(1, start);
                return Mapping();
            default:
                throw new YamlException(start.Start, start.End, "A value is expected here.");
        }
    }

    private (JToken Token, int Depth) Sequence()
    {
        var items = new JArray();
        int depth = 0;
        while (Next() is not SequenceEnd)
        {
            _path.Add(items.Count);
            Anchored item = Node(_parser.Current!);
            _path.RemoveAt(_path.Count - 1);
            items.Add(item.Token);
            depth = Math.Max(depth, item.Depth);
        }

        return (items, depth + 1);
    }

    private (JToken Token, int Depth) Mapping()
    {
        var members = new JObject();
        HashSet<string>? merged = null;
        int depth = 0;
        while (Next() is not MappingEnd)
        {
            ParsingEvent key = _parser.Current!;
            if (key is Scalar { Value: "<<", Style: ScalarStyle.Plain })
            {
                if (merged is not null)
                {
                    throw YamlFile.Duplicate(_file, key.Start.Line, key.Start.Column, "<<");
                }

                merged = new HashSet<string>(StringComparer.Ordinal);
                depth = Math.Max(depth, Merge(members, merged, key));
                continue;
            }

            string name = Key(key);
            _path.Add(name);
            Anchored value = Node(Next());
            _path.RemoveAt(_path.Count - 1);
            depth = Math.Max(depth, value.Depth);
            if (merged?.Remove(name) == true)
            {
                members[name] = value.Token;
            }
            else if (!members.TryAdd(name, value.Token))
            {
                throw YamlFile.Duplicate(_file, key.Start.Line, key.Start.Column, name);
            }
        }

        return (members, depth + 1);
    }

    private string Key(ParsingEvent key)
    {
        Count(1, key);
        string? name = key switch
        {
            Scalar scalar => scalar.Value,
            AnchorAlias alias => Find(alias).Text,
            _ => null,
        };
        if (key is Scalar { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor.Value] = new Anchored(Value(anchored), 0, 0, anchored.Value);
        }

        return name ?? throw new SpecError(_file, Path(), $"A key at line {key.Start.Line} is not plain text.", "Use text keys only.");
    }

    /// <summary>Adds the members of the mappings that a merge key names; what the mapping says itself comes first.</summary>
    private int Merge(JObject members, HashSet<string> merged, ParsingEvent key)
    {
        _path.Add("<<");
        Anchored value = Node(Next());
        _path.RemoveAt(_path.Count - 1);
        IReadOnlyList<JToken> sources = value.Token is JArray several ? [.. several] : [value.Token];
        foreach (JToken source in sources)
        {
            if (source is not JObject mapping)
            {
                throw Error(key.Start, "A merge key takes a mapping or a list of mappings.", "Write the members out.");
            }

            foreach (JProperty member in mapping.Properties())
            {
                // An anchor may stand for the mapping as well.
                if (!members.ContainsKey(member.Name))
                {
                    members.Add(member.Name, member.Value.DeepClone());
                    merged.Add(member.Name);
                }
            }
        }

        return value.Depth;
    }

    private Anchored Find(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out Anchored? known))
        {
            throw Invalid(alias.Start, $"there is no anchor \"{alias.Value.Value}\".");
        }

        return known ?? throw new SpecError(_file, Path(), "The alias refers to a value that contains it.", "Write the value out.");
    }

    private static JValue Value(Scalar scalar)
    {
        string? tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        bool isPlain = tag switch
        {
            null => scalar.Style == ScalarStyle.Plain,
            TagPrefix + "int" or TagPrefix + "float" or TagPrefix + "bool" or TagPrefix + "null" => true,
            TagPrefix + "str" or "!" => false,
            _ => scalar.Style == ScalarStyle.Plain,
        };
        return isPlain ? YamlFile.Plain(scalar.Value) : new JValue(scalar.Value);
    }

    private void Count(long nodes, ParsingEvent place)
    {
        _nodes += nodes;
        if (_nodes > _allowed)
        {
            throw Error(place.Start, "The aliases expand to too much content.", "Check that it is the right file, or write the values out.");
        }
    }

    private void CheckDepth(int added, ParsingEvent place)
    {
        if (_path.Count + added > YamlFile.MaxDepth)
        {
            throw YamlFile.TooDeep(_file, place.Start.Line, place.Start.Column);
        }
    }

    private SpecError Invalid(Mark place, string problem) => Error(place, "This is not valid YAML: " + problem, "Correct the file or download it again.");

    private SpecError Error(Mark place, string problem, string advice) => new(_file, $"line {place.Line}, column {place.Column}", problem, advice);

    private string Path() => string.Concat(_path.Select(step => step is int index ? $"[{index}]" : $".{step}").Prepend("$"));

    /// <summary>What an alias stands for.</summary>
    /// <param name="Token">The content.</param>
    /// <param name="Depth">How many levels the content has.</param>
    /// <param name="Nodes">How many nodes the content has.</param>
    /// <param name="Text">The text of a scalar, as it is written.</param>
    private sealed record Anchored(JToken Token, int Depth, long Nodes, string? Text);
}
