using System.Diagnostics.CodeAnalysis;
using JsonSubTypes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using Retell.Generated.Json;

namespace Retell.Json;

/// <summary>The contracts of Newtonsoft.Json, with the unions of the API.</summary>
/// <param name="find">The function that returns the declaration of a union, or null if the type is not one.</param>
[RequiresUnreferencedCode("Newtonsoft.Json finds the members of classes by reflection.")]
[RequiresDynamicCode("Newtonsoft.Json finds the members of classes by reflection.")]
internal sealed class RetellContractResolver(Func<Type, IUnion?> find) : DefaultContractResolver
{
    protected override JsonConverter? ResolveContractConverter(Type objectType) =>
        find(objectType) is IUnion union ? new UnionConverter(union) : base.ResolveContractConverter(objectType);
}

/// <summary>
/// Reads a union in a Newtonsoft serializer; variants are written by their own type. JsonSubTypes has the declaration and decides in unusual
/// cases.
/// </summary>
[RequiresUnreferencedCode("JsonSubTypes finds the members of classes by reflection.")]
[RequiresDynamicCode("JsonSubTypes finds the members of classes by reflection.")]
internal sealed class UnionConverter(IUnion union) : JsonConverter
{
    private readonly Lazy<JsonConverter> _subTypes = new(() => Declare(union));

    public override bool CanWrite => false;

    /// <summary>Gets the converter that JsonSubTypes creates from the declaration.</summary>
    public JsonConverter SubTypes => _subTypes.Value;

    public override bool CanConvert(Type objectType) => true;

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => reader.TokenType switch
    {
        JsonToken.Null => null,
        JsonToken.StartObject => union.Read(reader, json => ReadUnusual(json, serializer)),
        _ => throw JsonMismatch.At(reader, $"A JSON object was expected for {objectType.Name}, but {reader.TokenType} was found."),
    };

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => throw new NotSupportedException();

    private static JsonConverter Declare(IUnion union)
    {
        if (union.Discriminator is string discriminator)
        {
            JsonSubtypesConverterBuilder byTag = JsonSubtypesConverterBuilder.Of(union.Type, discriminator).SetFallbackSubtype(union.Fallback);
            return union.Variants.Aggregate(byTag, (builder, variant) => builder.RegisterSubtype(variant.Type, variant.Key)).Build();
        }

        JsonSubtypesWithPropertyConverterBuilder byMember = JsonSubtypesWithPropertyConverterBuilder.Of(union.Type).SetFallbackSubtype(union.Fallback);
        return union.Variants.Aggregate(byMember, (builder, variant) => builder.RegisterSubtypeWithProperty(variant.Type, variant.Key, stopLookupOnMatch: true)).Build();
    }

    private object ReadUnusual(JObject json, JsonSerializer serializer)
    {
        using JsonReader reader = json.CreateReader();
        reader.MaxDepth = RetellJson.MaxDepth;
        return SubTypes.ReadJson(reader.AtStart(), union.Type, null, serializer)!;
    }
}
