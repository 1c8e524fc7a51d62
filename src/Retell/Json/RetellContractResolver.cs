using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Json;

/// <summary>The contracts of plain Newtonsoft.Json, and the unions of the API.</summary>
internal sealed class RetellContractResolver(IEnumerable<Union> unions) : DefaultContractResolver, IUnionResolver
{
    private readonly Dictionary<Type, Union> _unions = unions.ToDictionary(union => union.Type);

    public T Read<T>(JsonReader reader, JsonSerializer serializer)
        where T : class => (T)Read(typeof(T), reader, serializer);

    internal object Read(Type type, JsonReader reader, JsonSerializer serializer) => _unions.TryGetValue(type, out Union? union)
        ? union.Read(reader, serializer)

        // A union that nobody declared yet: nothing is lost, it is only untyped.
        : Union.ReadUnknown(reader, serializer);

    protected override JsonConverter? ResolveContractConverter(Type objectType) =>
        IsUnion(objectType) ? new UnionConverter(this) : base.ResolveContractConverter(objectType);

    private bool IsUnion(Type type) =>
        _unions.ContainsKey(type) || (type.IsInterface && type.IsAssignableFrom(typeof(UnknownVariant)));
}

/// <summary>Reads a union where a Newtonsoft serializer meets it by itself; variants are written by their own type.</summary>
internal sealed class UnionConverter(RetellContractResolver resolver) : JsonConverter
{
    public override bool CanWrite => false;

    public override bool CanConvert(Type objectType) => true;

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => reader.TokenType switch
    {
        JsonToken.Null => null,
        JsonToken.StartObject => resolver.Read(objectType, reader, serializer),
        _ => throw JsonMismatch.At(reader, $"A JSON object was expected for {objectType.Name}, but {reader.TokenType} was found."),
    };

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => throw new NotSupportedException();
}
