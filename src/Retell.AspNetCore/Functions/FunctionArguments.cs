using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.AspNetCore.Functions;

/// <summary>Reads and validates the arguments of a custom function. Problems are worded for the agent, which tells them to the caller.</summary>
internal static class FunctionArguments
{
    private const DynamicallyAccessedMemberTypes Validated = DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Reads the arguments.</summary>
    /// <returns>The arguments, and the problems that are found.</returns>
    public static (T? Args, IReadOnlyList<string> Problems) Read<[DynamicallyAccessedMembers(Validated)] T>(JObject json, JsonTypeInfo<T>? type, IServiceProvider services)
    {
        // JToken and JObject.
        if (json is T raw)
        {
            return (raw, []);
        }

        string text = RetellJson.Serialize(json);
        if (typeof(RetellObject).IsAssignableFrom(typeof(T)))
        {
            return Try(() => RetellJson.Deserialize<T>(text));
        }

        ArgumentNullException.ThrowIfNull(type);
        string[] missing =
        [
            .. type.Properties.Where(member => member.IsRequired && Find(json, member.Name, type) is null).Select(member => $"The argument \"{member.Name}\" is missing."),
        ];
        if (missing.Length > 0)
        {
            return (default, missing);
        }

        (T? args, IReadOnlyList<string> problems) = Try(() => JsonSerializer.Deserialize(text, type));
        return (args, problems.Count > 0 || args is null ? problems : Validate(args, type, services));
    }

    private static JToken? Find(JObject json, string name, JsonTypeInfo type) =>
        json.GetValue(name, type.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static (T? Args, IReadOnlyList<string> Problems) Try<T>(Func<T?> read)
    {
        try
        {
            return (read(), []);
        }
        catch (JsonException e)
        {
            return (default, [$"The argument \"{e.Path?.TrimStart('$').TrimStart('.')}\" has a value of the wrong type."]);
        }
        catch (RetellSerializationException)
        {
            return (default, ["An argument has a value of the wrong type."]);
        }
    }

    /// <summary>Checks the validation attributes of the properties, and then <see cref="IValidatableObject"/>.</summary>
    private static List<string> Validate<[DynamicallyAccessedMembers(Validated)] T>(T args, JsonTypeInfo type, IServiceProvider services)
    {
        List<string> problems = [];
        foreach (PropertyInfo property in typeof(T).GetProperties().Where(property => property.CanRead && property.GetIndexParameters().Length == 0))
        {
            string name = type.Properties.FirstOrDefault(member => (member.AttributeProvider as MemberInfo)?.Name == property.Name)?.Name
                ?? type.Options.PropertyNamingPolicy?.ConvertName(property.Name) ?? property.Name;
            var context = new ValidationContext(args!, name, services, null) { MemberName = property.Name };
            object? value = property.GetValue(args);
            problems.AddRange(property.GetCustomAttributes<ValidationAttribute>()
                .Select(attribute => attribute.GetValidationResult(value, context)?.ErrorMessage)
                .OfType<string>());
        }

        return problems.Count > 0 || args is not IValidatableObject validatable
            ? problems
            : [.. validatable.Validate(new ValidationContext(args, typeof(T).Name, services, null)).Select(result => result.ErrorMessage).OfType<string>()];
    }
}
