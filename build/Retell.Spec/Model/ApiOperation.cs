using Newtonsoft.Json.Linq;
using Retell.Spec.Naming;

namespace Retell.Spec.Model;

internal sealed class Parameter
{
    public required string Name { get; init; }

    /// <summary>path, query, header or cookie.</summary>
    public required string In { get; init; }

    /// <summary>How a list or an object is written: a style of OpenAPI, or json.</summary>
    public string? Style { get; init; }

    /// <summary>Whether the items of a list, or the members of an object, are parameters of their own.</summary>
    public bool IsExploded { get; init; }

    /// <summary>Whether reserved characters are sent as they are.</summary>
    public bool IsReservedAllowed { get; init; }

    public required TypeUse Type { get; init; }

    public bool IsRequired { get; init; }

    public bool IsDeprecated { get; init; }

    public string? Description { get; set; }

    public JToken? Example { get; init; }

    public JObject Constraints { get; init; } = [];
}

internal sealed class ApiOperation
{
    public required string Id { get; init; }

    /// <summary>The method of the raw client, without Async.</summary>
    public required string MethodName { get; set; }

    public required string HttpMethod { get; init; }

    public required string Path { get; init; }

    /// <summary>The operation that it was before its path moved; null where it did not.</summary>
    public string? FormerKey { get; init; }

    public required string Resource { get; set; }

    /// <summary>The method of the facade, without Async.</summary>
    public required string FacadeMethod { get; set; }

    /// <summary>Whether the overlay names resource and method, so that nothing has to be recorded.</summary>
    public bool IsFacadeChosen { get; init; }

    public bool IsRepeatable { get; init; }

    /// <summary>The member of the body by which the API knows a request that it has carried out already.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The time limit of an attempt where the usual one is too short.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Why the facade does not offer it.</summary>
    public string? RawOnlyReason { get; init; }

    /// <summary>Gets a value indicating whether the facade's method is written by hand, so that none is generated.</summary>
    public bool IsHandWritten { get; init; }

    /// <summary>Gets the C# names of arguments that are not named after their parameters, by the parameter's name in the spec.</summary>
    public IReadOnlyDictionary<string, string> ArgumentNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the API no longer has it and only our callers do.</summary>
    public bool IsRetained { get; init; }

    public string? Description { get; set; }

    /// <summary>What it does in one sentence, in our own words.</summary>
    public string? Summary { get; set; }

    /// <summary>What its resource is about, in our own words.</summary>
    public string? ResourceDescription { get; set; }

    public string? DeprecationNote { get; init; }

    public bool IsDeprecated { get; init; }

    public List<Parameter> Parameters { get; } = [];

    /// <summary>Parameters and body in the order that callers know.</summary>
    public List<Argument> Arguments { get; } = [];

    public TypeUse? Body { get; set; }

    public bool IsBodyRequired { get; set; }

    /// <summary>The media type of the body.</summary>
    public string BodyType { get; set; } = MediaType.Json;

    public bool IsMultipart => BodyType == MediaType.Form;

    public JToken? BodyExample { get; set; }

    public TypeUse? Response { get; set; }

    /// <summary>What a response is when it is no JSON.</summary>
    public ResponseKind ResponseKind { get; set; }

    /// <summary>The media type of the response.</summary>
    public string ResponseType { get; set; } = MediaType.Json;

    /// <summary>Whether a response may be without a body beside one that has one.</summary>
    public bool MayBeEmpty { get; set; }

    /// <summary>The server that only this operation has.</summary>
    public string? Server { get; init; }

    /// <summary>Whether it is called without the API key.</summary>
    public bool IsAnonymous { get; init; }

    public int Status { get; set; } = 200;

    public string? ResponseDescription { get; set; }

    public string Key => $"{HttpMethod.ToLowerInvariant()} {Path}";
}

/// <summary>What the response of an operation is.</summary>
internal enum ResponseKind
{
    /// <summary>JSON, or nothing.</summary>
    Json,

    /// <summary>Bytes or text that the caller reads.</summary>
    Stream,

    /// <summary>Server-sent events.</summary>
    Events,
}

/// <summary>The whole API as the generator sees it.</summary>
internal sealed class ApiModel
{
    public required JObject Info { get; init; }

    public required string BaseUrl { get; init; }

    public List<ApiOperation> Operations { get; } = [];

    /// <summary>What is worth knowing and leaves nothing to do: names that were told apart, bodies that are passed on as they are.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Every definition, components and inline ones, by place.</summary>
    public Dictionary<string, Definition> Definitions { get; } = new(StringComparer.Ordinal);

    /// <summary>The definitions to generate, each once.</summary>
    public IEnumerable<Definition> Generated => Definitions.Values.Where(d => ReferenceEquals(d.Canonical, d)).OrderBy(d => d.Name, StringComparer.Ordinal);
}
