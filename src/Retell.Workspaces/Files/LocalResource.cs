using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Files;

/// <summary>An object as in the files of a workspace, with its texts in place.</summary>
/// <param name="Address">The address.</param>
/// <param name="Template">The object, with references, variables and secrets as written.</param>
/// <param name="TextFiles">The files that hold texts, by the path of the member, relative to the folder of the object.</param>
internal sealed record LocalResource(ResourceAddress Address, JObject Template, IReadOnlyDictionary<string, string> TextFiles);
