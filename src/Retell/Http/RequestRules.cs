using System.Collections;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Http;

/// <summary>What the API would certainly refuse is said before anything is sent.</summary>
internal static class RequestRules
{
    private const int MaxFiles = 25;

    /// <summary>What the argument with the body is called in the raw clients; the facade says it itself.</summary>
    private const string Body = "body";

    /// <exception cref="ArgumentException">A required member is missing, a phone number is none, or there are too many files.</exception>
    public static void Check(RetellObject body, ApiOperation operation) => new Walk(operation, body.ArgumentOf).Check(body);

    private sealed class Walk(ApiOperation operation, Func<string, string>? argumentOf)
    {
        // Where the walk stands; it becomes text only when something is wrong.
        private readonly List<(JsonMember Member, int? Index)> _path = [];

        public void Check(RetellObject item)
        {
            foreach (JsonMember member in item.Shape.Members)
            {
                // What came from the server is sent back as it came, whatever the spec says of it.
                if (member.IsRequired && (_path.Count == 0 || !item.IsRead) && IsMissing(item, member))
                {
                    throw Fault($"{operation.Id} needs {NameOf(item, member)}, but it is not set.", member);
                }

                if (member.IsPhoneNumber && member.Get(item) is string number && E164.FindFault(number) is string fault && !AllowsAnyNumber(item))
                {
                    throw Fault($"{operation.Id}: {NameOf(item, member)}: {fault}", member);
                }

                if (member.MayHoldObjects && member.Get(item) is object value)
                {
                    if (value is IList<RetellFile> files && FindFault(files, member.IsRequired) is string problem)
                    {
                        throw Fault($"{operation.Id}: {NameOf(item, member)} {problem}", member);
                    }

                    _path.Add((member, null));
                    CheckValue(value);
                    _path.RemoveAt(_path.Count - 1);
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

        /// <summary>Pseudo numbers of a telephony of one's own are no phone numbers.</summary>
        private static bool AllowsAnyNumber(RetellObject item) => item.Shape.Find("ignore_e164_validation")?.Get(item) is true;

        private void CheckValue(object value)
        {
            switch (value)
            {
                case RetellObject item:
                    Check(item);
                    break;
                case IDictionary map:
                    CheckAll(map.Values, isList: false);
                    break;
                case IList list:
                    CheckAll(list, isList: true);
                    break;
            }
        }

        private void CheckAll(IEnumerable items, bool isList)
        {
            int index = 0;
            JsonMember member = _path[_path.Count - 1].Member;
            foreach (object? item in items)
            {
                if (item is string)
                {
                    // The others are texts too.
                    return;
                }

                _path[_path.Count - 1] = (member, isList ? index : null);
                if (item is IOpenValue { HasValue: false })
                {
                    throw Fault($"{operation.Id}: {Join(step => step.Property)} (\"{Join(step => step.Name)}\") has no value: default({item.GetType().Name}) cannot be sent.", member);
                }

                if (item is not null)
                {
                    CheckValue(item);
                }

                index++;
            }
        }

        private ArgumentException Fault(string message, JsonMember member) =>
            Throw.Argument(message, argumentOf?.Invoke((_path.Count == 0 ? member : _path[0].Member).Property) ?? Body);

        /// <summary>The C# property and the JSON member, with the way to it.</summary>
        private string NameOf(RetellObject item, JsonMember member)
        {
            string property = Join(step => step.Property, member);
            return $"{(_path.Count == 0 ? $"{item.GetType().Name}.{property}" : property)} (\"{Join(step => step.Name, member)}\")";
        }

        private string Join(Func<JsonMember, string> name, JsonMember? last = null) =>
            string.Join(".", _path.Select(step => name(step.Member) + (step.Index is int index ? $"[{index}]" : "")).Concat(last is null ? [] : [name(last)]));
    }
}
