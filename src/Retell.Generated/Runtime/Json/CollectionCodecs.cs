using System.Buffers;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>The codec of arrays. If an element has another JSON type than documented, the whole array is kept as JSON.</summary>
internal sealed class ListCodec<T>(JsonCodec<T> element) : JsonCodec<IList<T>>
{
    public override bool TryRead(ref JsonInput input, out IList<T> value, out JToken? raw)
    {
        if (input.TokenType != JsonTokenType.StartArray)
        {
            return Mismatch(ref input, out value, out raw);
        }

        JsonInput start = input;
        var items = new ListBuilder<T>();
        try
        {
            while (true)
            {
                input.Read();
                switch (input.TokenType)
                {
                    case JsonTokenType.EndArray:
                        value = items.ToList();
                        raw = null;
                        return true;
                    case JsonTokenType.Null when default(T) is null:
                        items.Add(default!);
                        break;
                    default:
                        if (!element.TryRead(ref input, out T item, out JToken? odd))
                        {
                            input = start;
                            return Mismatch(ref input, out value, out raw);
                        }

                        items.Add(item, odd);
                        break;
                }
            }
        }
        finally
        {
            items.Dispose();
        }
    }

    public override bool TryRead(JsonReader reader, out IList<T> value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartArray)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = [];
        raw = null;
        List<JToken?>? digits = null;
        while (true)
        {
            reader.ReadOrThrow();
            switch (reader.TokenType)
            {
                case JsonToken.EndArray:
                    value = digits is null ? value : new DigitList<T>(value, digits);
                    return true;
                case JsonToken.Comment:
                    break;
                case JsonToken.Null when default(T) is null:
                    value.Add(default!);
                    break;
                default:
                    if (!element.TryRead(reader, out T item, out JToken? odd))
                    {
                        raw = Rest(reader, value, odd!);
                        return false;
                    }

                    DigitList<T>.Note(ref digits, value.Count, odd);
                    value.Add(item);
                    break;
            }
        }
    }

    public override void Write(JsonWriter writer, IList<T> value)
    {
        writer.WriteStartArray();
        var digits = value as DigitList<T>;
        for (int i = 0; i < value.Count; i++)
        {
            T item = value[i];
            if (item is null)
            {
                writer.WriteNull();
            }
            else if (digits?.Find(i, item) is JToken literal)
            {
                literal.WriteTo(writer);
            }
            else
            {
                element.Write(writer, item);
            }
        }

        writer.WriteEndArray();
    }

    private JArray Rest(JsonReader reader, IList<T> read, JToken odd)
    {
        using var writer = new JTokenWriter();
        Write(writer, read);
        var array = (JArray)writer.Token!;
        array.Add(odd);
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndArray)
            {
                return array;
            }

            array.Add(JToken.Load(reader));
        }
    }
}

/// <summary>Collects the items of a list in rented memory, so that the list gets the exact size.</summary>
internal ref struct ListBuilder<T>
{
    private T[]? _items;
    private int _count;
    private List<JToken?>? _digits;

    public void Add(T item, JToken? digits = null)
    {
        if (_items is null || _count == _items.Length)
        {
            Grow();
        }

        DigitList<T>.Note(ref _digits, _count, digits);
        _items![_count++] = item;
    }

    public readonly List<T> ToList()
    {
        if (_count == 0)
        {
            return [];
        }

        var items = new ArraySegment<T>(_items!, 0, _count);
        if (_digits is not null)
        {
            return new DigitList<T>(items, _digits);
        }

#if NET
        var list = new List<T>(_count);
        System.Runtime.InteropServices.CollectionsMarshal.SetCount(list, _count);
        items.AsSpan().CopyTo(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list));
        return list;
#else
        return [.. items];
#endif
    }

    public readonly void Dispose()
    {
        if (_items is not null)
        {
            // Data that was read must not stay in memory that is rented again.
            Array.Clear(_items, 0, _count);
            ArrayPool<T>.Shared.Return(_items);
        }
    }

    private void Grow()
    {
        T[] larger = ArrayPool<T>.Shared.Rent(_items is null ? 16 : _items.Length * 2);
        if (_items is not null)
        {
            Array.Copy(_items, larger, _count);
            Dispose();
        }

        _items = larger;
    }
}

/// <summary>A list of numbers, some of which were read with more digits than a number of C# has.</summary>
internal sealed class DigitList<T> : List<T>
{
    private readonly List<JToken?> _digits;
    private readonly T[] _values;

    public DigitList(IEnumerable<T> values, List<JToken?> digits)
        : base(values)
    {
        _digits = digits;
        _values = [.. this.Take(digits.Count)];
    }

    /// <summary>Records the digits of an item.</summary>
    public static void Note(ref List<JToken?>? digits, int index, JToken? literal)
    {
        if (literal is not null)
        {
            digits ??= [];
            while (digits.Count < index)
            {
                digits.Add(null);
            }

            digits.Add(literal);
        }
    }

    /// <summary>Returns the digits of an item, or null if it has none or was replaced.</summary>
    public JToken? Find(int index, T value) => index < _digits.Count && EqualityComparer<T>.Default.Equals(value, _values[index]) ? _digits[index] : null;
}

/// <summary>The codec of array elements that can be null.</summary>
internal sealed class NullableCodec<T>(JsonCodec<T> inner) : JsonCodec<T?>
    where T : struct
{
    public override bool TryRead(ref JsonInput input, out T? value, out JToken? raw)
    {
        bool read = inner.TryRead(ref input, out T some, out raw);
        value = read ? some : null;
        return read;
    }

    public override bool TryRead(JsonReader reader, out T? value, out JToken? raw)
    {
        bool read = inner.TryRead(reader, out T some, out raw);
        value = read ? some : null;
        return read;
    }

    public override void Write(JsonWriter writer, T? value) => inner.Write(writer, value!.Value);
}

/// <summary>The codec of JSON objects that are maps from names to values of one type.</summary>
internal sealed class MapCodec<T>(JsonCodec<T> element) : JsonCodec<IDictionary<string, T>>
{
    public override bool TryRead(ref JsonInput input, out IDictionary<string, T> value, out JToken? raw)
    {
        if (input.TokenType != JsonTokenType.StartObject)
        {
            return Mismatch(ref input, out value, out raw);
        }

        JsonInput start = input;
        value = new Dictionary<string, T>(StringComparer.Ordinal);
        raw = null;
        while (true)
        {
            input.Read();
            if (input.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            string name = input.GetString();
            input.Read();
            if (input.TokenType == JsonTokenType.Null && default(T) is null)
            {
                value[name] = default!;
            }
            else if (element.TryRead(ref input, out T item, out JToken? odd) && odd is null)
            {
                value[name] = item;
            }
            else
            {
                input = start;
                return Mismatch(ref input, out value, out raw);
            }
        }
    }

    public override bool TryRead(JsonReader reader, out IDictionary<string, T> value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartObject)
        {
            return Mismatch(reader, out value, out raw);
        }

        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        value = map;
        raw = null;
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndObject)
            {
                return true;
            }

            if (reader.TokenType == JsonToken.Comment)
            {
                continue;
            }

            string name = (string)reader.Value!;
            reader.ReadValueOrThrow();
            if (reader.TokenType == JsonToken.Null && default(T) is null)
            {
                map[name] = default!;
            }
            else if (element.TryRead(reader, out T item, out JToken? odd) && odd is null)
            {
                map[name] = item;
            }
            else
            {
                raw = Rest(reader, map, name, odd!);
                return false;
            }
        }
    }

    public override void Write(JsonWriter writer, IDictionary<string, T> value)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, T> pair in value)
        {
            writer.WritePropertyName(pair.Key);
            if (pair.Value is null)
            {
                writer.WriteNull();
            }
            else
            {
                element.Write(writer, pair.Value);
            }
        }

        writer.WriteEndObject();
    }

    private JObject Rest(JsonReader reader, Dictionary<string, T> read, string name, JToken odd)
    {
        using var writer = new JTokenWriter();
        Write(writer, read);
        var map = (JObject)writer.Token!;
        map[name] = odd;
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndObject)
            {
                return map;
            }

            if (reader.TokenType == JsonToken.Comment)
            {
                continue;
            }

            string next = (string)reader.Value!;
            reader.ReadValueOrThrow();
            map[next] = JToken.Load(reader);
        }
    }
}

/// <summary>The codec of maps with a type of their own.</summary>
internal sealed class MapOfCodec<TMap, T>(JsonCodec<T> element) : ElementCodec<TMap>
    where TMap : class, IDictionary<string, T>, new()
{
    private readonly MapCodec<T> _map = new(element);

    public override bool TryRead(ref JsonInput input, out TMap value, out JToken? raw) =>
        _map.TryRead(ref input, out IDictionary<string, T> read, out raw) ? Fill(read, out value) : Fill([], out value, isRead: false);

    public override bool TryRead(JsonReader reader, out TMap value, out JToken? raw) =>
        _map.TryRead(reader, out IDictionary<string, T> read, out raw) ? Fill(read, out value) : Fill([], out value, isRead: false);

    public override void Write(JsonWriter writer, TMap value) => _map.Write(writer, value);

    private static bool Fill(IEnumerable<KeyValuePair<string, T>> read, out TMap value, bool isRead = true)
    {
        value = new TMap();
        foreach (KeyValuePair<string, T> pair in read)
        {
            value[pair.Key] = pair.Value;
        }

        return isRead;
    }
}
