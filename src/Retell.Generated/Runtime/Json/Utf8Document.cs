using System.Buffers;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>Reads and writes complete documents in UTF-8.</summary>
internal static class Utf8Document
{
    /// <summary>
    /// Reads a document. Returns false if it is not the expected type or not JSON; a reader of Newtonsoft.Json then finds out whether it can be
    /// read, and where and why not.
    /// </summary>
    public static bool TryRead<T>(ReadOnlySequence<byte> utf8, JsonCodec<T> codec, out T value)
    {
        bool isRead = TryRead(utf8, codec, out object? boxed);
        value = isRead ? (T)boxed! : default!;
        return isRead;
    }

    /// <inheritdoc cref="TryRead{T}(ReadOnlySequence{byte}, JsonCodec{T}, out T)"/>
    public static bool TryRead(ReadOnlySequence<byte> utf8, JsonCodec codec, out object? value)
    {
        JsonInput input = Open(utf8, JsonInput.MaxDepth);
        try
        {
            input.Read();
            if (codec.TryReadBoxed(ref input, out value) && !input.Reader.Read())
            {
                return true;
            }
        }
        catch (JsonException)
        {
        }

        value = null;
        return false;
    }

    /// <summary>Reads a value in memory as JSON of any depth.</summary>
    public static bool TryRead<T>(JToken json, JsonCodec<T> codec, out T value)
    {
        using var writer = new Utf8Writer();
        json.WriteTo(writer);
        JsonInput input = Open(new ReadOnlySequence<byte>(writer.ToMemory()), int.MaxValue);
        input.Read();
        return codec.TryRead(ref input, out value, out _);
    }

    /// <summary>Returns the values of a member of the document, or an empty list if the document is not an object.</summary>
    public static List<JToken> Members(ReadOnlySequence<byte> utf8, string name)
    {
        List<JToken> values = [];
        byte[] utf8Name = Encoding.UTF8.GetBytes(name);
        JsonInput input = Open(utf8, JsonInput.MaxDepth);
        try
        {
            input.Read();
            while (input.Reader.Read() && input.TokenType == JsonTokenType.PropertyName)
            {
                bool isMember = input.Is(utf8Name);
                input.Read();
                if (isMember)
                {
                    values.Add(input.ReadToken());
                }
                else
                {
                    input.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // The application wrote invalid JSON, which the API reports.
        }

        return values;
    }

    public static JToken ToToken<T>(T value, JsonCodec<T> codec)
    {
        using var writer = new Utf8Writer();
        codec.Write(writer, value);
        JsonInput input = Open(new ReadOnlySequence<byte>(writer.ToMemory()), int.MaxValue);
        input.Read();
        return input.ReadToken();
    }

    private static JsonInput Open(ReadOnlySequence<byte> utf8, int maxDepth)
    {
        var options = new JsonReaderOptions { MaxDepth = maxDepth };
        return new(utf8.IsSingleSegment ? new Utf8JsonReader(utf8.First.Span, options) : new Utf8JsonReader(utf8, options), new StringCache(utf8.Length));
    }
}
