using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Tests.Facade.Doubles;

/// <summary>Operations of a small API that has one of each kind.</summary>
internal static class Operations
{
    public const string Key = "key_5ecret/+of=the_test";

    /// <summary>A test that hangs fails.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static readonly ApiOperation Read = new("getThing", "GET", "/get-thing/{thing_id}", isRepeatable: true);
    public static readonly ApiOperation List = new("listThings", "POST", "/v2/list-things", isRepeatable: true);
    public static readonly ApiOperation Dial = new("createPhoneCall", "POST", "/v2/create-phone-call", isRepeatable: false);
    public static readonly ApiOperation Rerun = new("rerunAnalysis", "PUT", "/rerun-analysis/{thing_id}", isRepeatable: false);
    public static readonly ApiOperation Delete = new("deleteThing", "DELETE", "/delete-thing/{thing_id}", isRepeatable: true);
    public static readonly ApiOperation Upload = new("uploadThing", "POST", "/upload-thing", isRepeatable: true, contentType: ApiOperation.Form);

    /// <summary>A client that waits for nothing.</summary>
    public static RetellClient Client(HttpMessageHandler handler, TestTime? time = null, Action<RetellClientOptions>? configure = null) =>
        Client(new RetellClientOptions { HttpMessageHandler = handler }, time, configure);

    /// <summary>A client of a real socket that waits for nothing.</summary>
    public static RetellClient Client(Uri url, TestTime? time = null, Action<RetellClientOptions>? configure = null) =>
        Client(new RetellClientOptions { BaseUrl = url }, time, configure);

    public static Task<Thing> CallAsync(
        this RetellClient client, ApiOperation operation, object? body = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new ApiRequest(operation);
        if (operation.Path.Contains("{thing_id}", StringComparison.Ordinal))
        {
            request.WithPath("thing_id", "thing_1");
        }

        // Not the caller's token: what is tested is how fast the client itself ends.
        return client.Transport.InvokeAsync(request.WithBody(body), Codec.Object<Thing>(), options, cancellationToken)
            .WaitAsync(s_patience, CancellationToken.None);
    }

    public static Task VoidAsync(this RetellClient client, ApiOperation operation, CancellationToken cancellationToken = default) =>
        client.Transport.InvokeAsync(new ApiRequest(operation).WithPath("thing_id", "thing_1"), null, cancellationToken);

    private static RetellClient Client(RetellClientOptions options, TestTime? time, Action<RetellClientOptions>? configure)
    {
        options.ApiKey = Key;
        options.TimeProvider = time ?? new TestTime();
        options.Timeout = TestTime.AttemptTimeout;
        configure?.Invoke(options);
        return new RetellClient(options);
    }
}

[System.Text.Json.Serialization.JsonConverter(typeof(RetellJsonConverter<Thing>))]
internal sealed class Thing : RetellObject, ICodecOwner<Thing>
{
    /// <summary>A union of things and others.</summary>
    public static readonly UnionCodec<RetellObject> Tagged = Union.By<RetellObject>("type").Is<Thing>("thing", "item").Is<Other>("other");

    private static readonly JsonShape s_shape = new JsonShape<Thing>()
        .Add("type", nameof(Type), o => ref o._type, Codec.String, MemberRule.Constant)
        .Add("id", nameof(Id), o => ref o._id, Codec.String)
        .Add("count", nameof(Count), o => ref o._count, Codec.Int64)
        .Add("ratio", nameof(Ratio), o => ref o._ratio, Codec.Number)
        .Add("flag", nameof(Flag), o => ref o._flag, Codec.Boolean)
        .Add("child", nameof(Child), o => ref o._child, Codec.Object<Thing>())
        .Add("things", nameof(Things), o => ref o._things, Codec.List(Codec.Object<Thing>()))
        .Add("texts", nameof(Texts), o => ref o._texts, Codec.List(Codec.String))
        .Add("file", nameof(File), o => ref o._file, Codec.File)
        .Add("files", nameof(Files), o => ref o._files, Codec.List(Codec.File))
        .Add("any", nameof(Any), o => ref o._any, Codec.Any)
        .Add("variant", nameof(Variant), o => ref o._variant, Codec.Later(static () => Tagged));

    private string? _type = "thing";
    private string? _id;
    private long? _count;
    private double? _ratio;
    private bool? _flag;
    private Thing? _child;
    private IList<Thing>? _things;
    private IList<string>? _texts;
    private RetellFile? _file;
    private IList<RetellFile>? _files;
    private JToken? _any;
    private RetellObject? _variant;

    public string? Type => _type;

    public string? Id { get => _id; set => Assign(ref _id, value, 1, nullable: true); }

    public long? Count { get => _count; set => Assign(ref _count, value, 2, nullable: false); }

    public double? Ratio { get => _ratio; set => Assign(ref _ratio, value, 3, nullable: false); }

    public bool? Flag { get => _flag; set => Assign(ref _flag, value, 4, nullable: false); }

    public Thing? Child { get => _child; set => Assign(ref _child, value, 5, nullable: false); }

    public IList<Thing>? Things { get => _things; set => Assign(ref _things, value, 6, nullable: false); }

    public IList<string>? Texts { get => _texts; set => Assign(ref _texts, value, 7, nullable: false); }

    public RetellFile? File { get => _file; set => Assign(ref _file, value, 8, nullable: false); }

    public IList<RetellFile>? Files { get => _files; set => Assign(ref _files, value, 9, nullable: false); }

    public JToken? Any { get => _any; set => Assign(ref _any, value, 10, nullable: false); }

    public RetellObject? Variant { get => _variant; set => Assign(ref _variant, value, 11, nullable: false); }

    JsonCodec<Thing> ICodecOwner<Thing>.Codec => Codec.Object<Thing>();

    internal override JsonShape Shape => s_shape;
}

/// <summary>A second variant next to <see cref="Thing"/>.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(RetellJsonConverter<Other>))]
internal sealed class Other : RetellObject, ICodecOwner<Other>
{
    private static readonly JsonShape s_shape = new JsonShape<Other>()
        .Add("role", nameof(Role), o => ref o._role, Codec.String)
        .Add("words", nameof(Words), o => ref o._words, Codec.List(Codec.Int64));

    private string? _role;
    private IList<long>? _words;

    public string? Role { get => _role; set => Assign(ref _role, value, 0, nullable: false); }

    public IList<long>? Words { get => _words; set => Assign(ref _words, value, 1, nullable: false); }

    JsonCodec<Other> ICodecOwner<Other>.Codec => Codec.Object<Other>();

    internal override JsonShape Shape => s_shape;
}
