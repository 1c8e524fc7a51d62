using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Retell.AspNetCore.Llm;

/// <summary>Replaces the path of a request in its span by the pattern of the route.</summary>
internal static class LlmRedaction
{
    private static readonly string[] s_tags = ["url.path", "url.full", "http.target", "http.url"];

    public static void Apply(HttpContext context, string route)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not Activity activity)
        {
            return;
        }

        foreach (string tag in s_tags.Where(tag => activity.GetTagItem(tag) is not null))
        {
            activity.SetTag(tag, route);
        }

        if (activity.DisplayName.Contains(context.Request.Path.Value ?? "", StringComparison.Ordinal))
        {
            activity.DisplayName = $"{context.Request.Method} {route}";
        }
    }
}
