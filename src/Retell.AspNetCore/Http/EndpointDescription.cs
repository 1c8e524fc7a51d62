using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Newtonsoft.Json.Linq;

namespace Retell.AspNetCore.Http;

/// <summary>
/// Describes an endpoint for OpenAPI. The body is described as the parameter of a method, not by metadata of accepted content types: that would reject
/// requests with an unexpected content type.
/// </summary>
internal static class EndpointDescription
{
    public static IEndpointConventionBuilder Webhook(IEndpointConventionBuilder endpoint) =>
        Describe(endpoint, "Receives the webhooks of Retell.", Body, [200, 204, 400, 401, 413, 500, 503]);

    public static IEndpointConventionBuilder Function<TArgs>(IEndpointConventionBuilder endpoint) => Describe(
        endpoint,
        "A custom function of a Retell agent.",
        typeof(JToken).IsAssignableFrom(typeof(TArgs)) ? Body : Body<TArgs>,
        [200, 204, 400, 401, 413, 500]);

    private static IEndpointConventionBuilder Describe(IEndpointConventionBuilder endpoint, string summary, Delegate body, int[] statuses)
    {
        endpoint.WithTags("Retell");
        endpoint.WithSummary(summary);
        endpoint.WithMetadata(body.Method, new BodyMetadata(body.Method.GetParameters()[0]));
        foreach (int status in statuses)
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void)));
        }

        return endpoint;
    }

    private static void Body([FromBody] JsonObject body)
    {
    }

    private static void Body<TArgs>([FromBody] TArgs body)
    {
    }

    private sealed class BodyMetadata(ParameterInfo parameter) : IParameterBindingMetadata
    {
        public string Name => parameter.Name!;

        public bool HasTryParse => false;

        public bool HasBindAsync => false;

        public ParameterInfo ParameterInfo => parameter;

        public bool IsOptional => false;
    }
}
