using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Retell.Generated.Json;

namespace Retell.Json;

/// <summary>
/// The part of Newtonsoft.Json that uses reflection, for classes of the application. It is not available if the application is trimmed or
/// compiled ahead of time.
/// </summary>
internal static class NewtonsoftReflection
{
    private const string Reflection = "Newtonsoft.Json finds the members of classes by reflection.";

    private static JsonSerializer? s_serializer;

    /// <summary>Gets a value indicating whether reflection is available.</summary>
    [FeatureSwitchDefinition("Retell.Json.NewtonsoftReflection.IsSupported")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    [UnconditionalSuppressMessage("Trimming", "IL4000", Justification = "The trimmer and the compiler replace it with false.")]
    public static bool IsSupported =>
#if NET
        AppContext.TryGetSwitch("Retell.Json.NewtonsoftReflection.IsSupported", out bool isEnabled)
            ? isEnabled
            : System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported;
#else
        !AppContext.TryGetSwitch("Retell.Json.NewtonsoftReflection.IsSupported", out bool isEnabled) || isEnabled;
#endif

    public static NotSupportedException IsMissing(Type type) => new(
        $"{RetellJson.Name(type)} is not a type of the API, and reflection is not available, because the application was trimmed or compiled ahead of time. "
        + "Use the types of the API, lists of them, JToken, or the source generator of System.Text.Json.");

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static object? Deserialize(JsonReader reader, Type type) => GetSerializer().Deserialize(reader, type);

    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static void Serialize(JsonWriter json, object value) => GetSerializer().Serialize(json, value);

    /// <summary>Creates settings in which every value is set, so that defaults of the application have no effect.</summary>
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

    /// <summary>The contracts, which all settings share.</summary>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private static class Contracts
    {
        public static readonly RetellContractResolver Resolver = new(type => Codecs.Find(type) as IUnion);
    }
}
