using System.Collections;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Http;

/// <summary>Checks a request body before it is sent, for errors that the API would certainly reject.</summary>
internal static class RequestRules
{
    private const int MaxFiles = 25;

    /// <summary>The name of the argument with the body in the raw clients. The facade names its own arguments.</summary>
    private const string Body = "body";

    /// <exception cref="ArgumentException">A required member is missing, a phone number is not valid, or there are too many files.</exception>
    public static void Check(RetellObject body, ApiOperation operation) => new Walk(operation, body.ArgumentOf).Check(body);

    private sealed class Walk(ApiOperation operation, Func<string, string>? argumentOf)
    {
        // The current position, which is turned into text only for a message.
        private readonly List<(JsonMember Member, int? Index)> _path = [];

        public void Check(RetellObject item)
        {
            foreach (JsonMember member in item.Shape.Members)
            {
                // Objects that the server sent are sent back unchanged, even if they do not match the spec.
                if (member.IsRequired && (_path.Count == 0 || !item.IsRead) && IsMissing(item, member))
                {
                    throw Fault($"{operation.Id} requires {NameOf(item, member)}, but it is not set.", member);
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
            files.Count == 0 && isRequired ? "contains no file."
            : files.Count > MaxFiles ? $"contains {files.Count} files. At most {MaxFiles} are allowed per request."
            : files.Any(file => file is null) ? "contains a null."
            : null;

        /// <summary>Returns a value indicating whether the object accepts pseudo numbers of a custom telephony.</summary>
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
                    // The other items are strings too.
                    return;
                }

                _path[_path.Count - 1] = (member, isList ? index : null);
                if (item is IOpenValue { HasValue: false })
                {
                    throw Fault(
                        $"{operation.Id}: {Join(step => step.Property)} (\"{Join(step => step.Name)}\") has no value: default({item.GetType().Name}) cannot be sent.",
                        member);
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

        /// <summary>Returns the path of the C# property and of the JSON member.</summary>
        private string NameOf(RetellObject item, JsonMember member)
        {
            string property = Join(step => step.Property, member);
            return $"{(_path.Count == 0 ? $"{item.GetType().Name}.{property}" : property)} (\"{Join(step => step.Name, member)}\")";
        }

        private string Join(Func<JsonMember, string> name, JsonMember? last = null) =>
            string.Join(".", _path.Select(step => name(step.Member) + (step.Index is int index ? $"[{index}]" : "")).Concat(last is null ? [] : [name(last)]));
    }
}
