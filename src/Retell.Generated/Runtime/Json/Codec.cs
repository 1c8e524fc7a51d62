using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>The codecs, by the names that the generated code uses.</summary>
internal static class Codec
{
    public static readonly JsonCodec<string> String = new StringCodec();
    public static readonly JsonCodec<bool> Boolean = new BooleanCodec();
    public static readonly JsonCodec<long> Int64 = new Int64Codec();
    public static readonly JsonCodec<double> Number = new NumberCodec();
    public static readonly JsonCodec<JToken> Any = new TokenCodec();
    public static readonly JsonCodec<JObject> FreeForm = new JObjectCodec();
    public static readonly JsonCodec<RetellFile> File = new FileCodec();

    public static JsonCodec<T> Object<T>()
        where T : RetellObject, new() => new ObjectCodec<T>(static () => new T());

    /// <summary>Returns the codec of a class of the API, with a function that creates an object, which is faster than by type.</summary>
    public static JsonCodec<T> Object<T>(Func<T> create)
        where T : RetellObject => new ObjectCodec<T>(create);

    public static JsonCodec<IList<T>> List<T>(JsonCodec<T> element) => new ListCodec<T>(element);

    public static JsonCodec<IDictionary<string, T>> Map<T>(JsonCodec<T> element) => new MapCodec<T>(element);

    public static JsonCodec<TMap> Map<TMap, T>(JsonCodec<T> element)
        where TMap : class, IDictionary<string, T>, new() => new MapOfCodec<TMap, T>(element);

    /// <summary>Returns a codec that is created later, because values of some types contain values of their own type.</summary>
    public static JsonCodec<T> Later<T>(Func<JsonCodec<T>> codec) => new LaterCodec<T>(codec);

    public static JsonCodec<T?> Nullable<T>(JsonCodec<T> inner)
        where T : struct => new NullableCodec<T>(inner);
}
