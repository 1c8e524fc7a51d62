using System.Collections;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Http;

/// <summary>What the API would certainly refuse is said before anything is sent.</summary>
internal static class RequestRules
{
    /// <exception cref="ArgumentException">A required member is missing, a phone number is none, or there are too many files.</exception>
    public static void Check(RetellObject body, ApiOperation operation) => new Walk(operation).Check(body, []);

    private const int MaxFiles = 25;

    /// <summary>What the argument with the body is called in most methods.</summary>
    private const string Request = "request";

    private sealed class Walk(ApiOperation operation)
    {
        public void Check(RetellObject item, List<(string Property, string Json)> path)
        {
            foreach (JsonMember member in item.Shape.Members)
            {
                // What came from the server is sent back as it came, whatever the spec says of it.
                if (member.IsRequired && (path.Count == 0 || !item.IsRead) && IsMissing(item, member))
                {
                    throw Missing(item, member, path);
                }

                if (member.IsPhoneNumber && member.Get(item) is string number && E164.FindFault(number) is string fault && !AllowsAnyNumber(item))
                {
                    (string property, string json) = Names(item, member, path);
                    throw Throw.Argument($"{operation.Id}: {property} (\"{json}\"): {fault}", Request);
                }

                if (member.MayHoldObjects && member.Get(item) is object value)
                {
                    if (value is IList<RetellFile> files && FindFault(files, member.IsRequired) is string problem)
                    {
                        (string property, string json) = Names(item, member, path);
                        throw Throw.Argument($"{operation.Id}: {property} (\"{json}\") {problem}", Request);
                    }

                    path.Add((member.Property, member.Name));
                    CheckValue(value, path);
                    path.RemoveAt(path.Count - 1);
                }
            }
        }

        private static bool IsMissing(RetellObject item, JsonMember member) =>
            !member.HasValue(item) && !item.IsNull(member.Index) && item.AdditionalPropertiesOrNull?.ContainsKey(member.Name) != true;

        private static string? FindFault(IList<RetellFile> files, bool isRequired) =>
            files.Count == 0 && isRequired ? "has no file in it."
            : files.Count > MaxFiles ? $"has {files.Count} files in it; {MaxFiles} are allowed in one request."
            : files.Any(file => file is null) ? "has a null in it."
            : null;

        private void CheckValue(object value, List<(string Property, string Json)> path)
        {
            switch (value)
            {
                case RetellObject item:
                    Check(item, path);
                    break;
                case IDictionary map:
                    CheckAll(map.Values, path, entry => "");
                    break;
                case IList list:
                    CheckAll(list, path, index => $"[{index}]");
                    break;
            }
        }

        private void CheckAll(IEnumerable items, List<(string Property, string Json)> path, Func<int, string> position)
        {
            int index = 0;
            (string property, string json) = path[path.Count - 1];
            foreach (object? item in items)
            {
                if (item is string or null || item.GetType().IsValueType)
                {
                    return;
                }

                path[path.Count - 1] = (property + position(index), json + position(index));
                CheckValue(item, path);
                index++;
            }

            path[path.Count - 1] = (property, json);
        }

        private ArgumentException Missing(RetellObject item, JsonMember member, List<(string Property, string Json)> path)
        {
            (string property, string json) = Names(item, member, path);
            return Throw.Argument($"{operation.Id} needs {property} (\"{json}\"), but it is not set.", Request);
        }

        private static (string Property, string Json) Names(RetellObject item, JsonMember member, List<(string Property, string Json)> path) => (
            path.Count == 0 ? $"{item.GetType().Name}.{member.Property}" : string.Join(".", path.Select(step => step.Property).Append(member.Property)),
            string.Join(".", path.Select(step => step.Json).Append(member.Name)));

        /// <summary>Pseudo numbers of a telephony of one's own are no phone numbers.</summary>
        private static bool AllowsAnyNumber(RetellObject item) => item.Shape.Find("ignore_e164_validation")?.Get(item) is true;
    }
}
