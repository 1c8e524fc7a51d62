using Newtonsoft.Json.Linq;

namespace Retell.Spec.Model;

internal sealed class Parameter
{
    public required string Name { get; init; }

    /// <summary>path or query.</summary>
    public required string In { get; init; }

    public required TypeUse Type { get; init; }

    public bool IsRequired { get; init; }

    public bool IsDeprecated { get; init; }

    public string? Description { get; init; }

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

    public required string Resource { get; init; }

    /// <summary>The method of the facade, without Async.</summary>
    public required string FacadeMethod { get; init; }

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

    public TypeUse? Body { get; set; }

    public bool IsBodyRequired { get; set; }

    public bool IsMultipart { get; set; }

    public JToken? BodyExample { get; set; }

    public TypeUse? Response { get; set; }

    public int Status { get; set; } = 200;

    public string? ResponseDescription { get; set; }

    /// <summary>Names that its method had in earlier revisions; they stay callable.</summary>
    public List<string> FormerNames { get; } = [];

    public string Key => $"{HttpMethod.ToLowerInvariant()} {Path}";
}

/// <summary>The whole API as the generator sees it.</summary>
internal sealed class ApiModel
{
    public required JObject Info { get; init; }

    public required string BaseUrl { get; init; }

    public List<ApiOperation> Operations { get; } = [];

    /// <summary>Every definition, components and inline ones, by place.</summary>
    public Dictionary<string, Definition> Definitions { get; } = new(StringComparer.Ordinal);

    /// <summary>The definitions to generate, each once.</summary>
    public IEnumerable<Definition> Generated => Definitions.Values.Where(d => ReferenceEquals(d.Canonical, d)).OrderBy(d => d.Name, StringComparer.Ordinal);
}
