using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Retell.Generated.Json;

namespace Retell.Json;

/// <summary>
/// What finds members at run time, and so is there for classes that are none of the API's only where an application is
/// neither trimmed nor compiled ahead of time.
/// </summary>
internal static class NewtonsoftReflection
{
    private const string Reflection = "Newtonsoft.Json finds the members of classes by reflection.";

    private static JsonSerializer? s_serializer;

    /// <summary>Whether the application has what reflection finds.</summary>
    [FeatureSwitchDefinition("Retell.Json.NewtonsoftReflection.IsSupported")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "The trimmer and the compiler put false in its place.")]
    public static bool IsSupported =>
#if NET
        AppContext.TryGetSwitch("Retell.Json.NewtonsoftReflection.IsSupported", out bool isEnabled) ? isEnabled : System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported;
#else
        !AppContext.TryGetSwitch("Retell.Json.NewtonsoftReflection.IsSupported", out bool isEnabled) || isEnabled;
#endif

    public static NotSupportedException IsMissing(Type type) => new(
        $"{RetellJson.Name(type)} is no type of the API, and this application was trimmed or compiled ahead of time. Use the classes of the API, lists of them, JToken, or the source generator of System.Text.Json, which reads and writes them all.");

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static object? Deserialize(JsonReader reader, Type type) => GetSerializer().Deserialize(reader, type);

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static void Serialize(JsonWriter json, object value) => GetSerializer().Serialize(json, value);

    /// <summary>Every setting has a value, so that no default of an application comes in where one is left out.</summary>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static JsonSerializerSettings CreateSettings(IContractResolver? resolver = null) => new()
    {
        CheckAdditionalContent = true,
        ConstructorHandling = ConstructorHandling.Default,
        Context = default,
        ContractResolver = resolver ?? Contracts.Resolver,
        Culture = CultureInfo.InvariantCulture,
        DateFormatHandling = DateFormatHandling.IsoDateFormat,
        DateFormatString = "yyyy'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFK",
        DateParseHandling = DateParseHandling.None,
        DateTimeZoneHandling = DateTimeZoneHandling.RoundtripKind,
        DefaultValueHandling = DefaultValueHandling.Include,
        FloatFormatHandling = FloatFormatHandling.String,
        FloatParseHandling = FloatParseHandling.Double,
        Formatting = Formatting.None,
        MaxDepth = RetellJson.MaxDepth,
        MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
        MissingMemberHandling = MissingMemberHandling.Ignore,
        NullValueHandling = NullValueHandling.Include,
        ObjectCreationHandling = ObjectCreationHandling.Auto,
        PreserveReferencesHandling = PreserveReferencesHandling.None,
        ReferenceLoopHandling = ReferenceLoopHandling.Error,
        SerializationBinder = new DefaultSerializationBinder(),
        StringEscapeHandling = StringEscapeHandling.Default,
        TypeNameAssemblyFormatHandling = TypeNameAssemblyFormatHandling.Simple,
        TypeNameHandling = TypeNameHandling.None,
    };

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private static JsonSerializer GetSerializer() => s_serializer ??= JsonSerializer.Create(CreateSettings());

    /// <summary>Contracts are built once for all settings.</summary>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private static class Contracts
    {
        public static readonly RetellContractResolver Resolver = new(type => Codecs.Find(type) as IUnion);
    }
}
