using System.Reflection;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Tests.Facade.Resources;

/// <summary>Valid arguments for any method of a resource, made from the document of the API.</summary>
/// <param name="isFull">Whether optional arguments and members are there.</param>
internal sealed class SampleArguments(bool isFull)
{
    public const string PhoneNumber = "+14155550100";

    private static readonly SampleFactory s_samples = new(ApiDocument.Embedded, new SchemaValidator(ApiDocument.Embedded));
    private static readonly MethodInfo s_change = typeof(SampleArguments).GetMethod(nameof(Change), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private static readonly MethodInfo s_list = typeof(SampleArguments).GetMethod(nameof(ListOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    public object?[] For(MethodInfo method) => [.. method.GetParameters().Select(p => IsLeftOut(p) ? Default(p) : Value(p.ParameterType, p.Name!))];

    public object Value(Type type, string name)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        Type[] arguments = plain.GetGenericArguments();
        return plain switch
        {
            _ when plain == typeof(string) => Text(name),
            _ when plain == typeof(long) => 1L,
            _ when plain == typeof(bool) => true,
            _ when plain == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddDays(30000),
            _ when plain == typeof(RetellFile) => RetellFile.FromBytes([1, 2, 3], "a.txt"),
            _ when plain == typeof(IDictionary<string, string>) => new Dictionary<string, string> { ["name"] = "value" },
            _ when arguments.Length == 1 && plain.GetGenericTypeDefinition() == typeof(Action<>) => s_change.MakeGenericMethod(arguments).Invoke(this, null)!,
            _ when arguments.Length == 1 => s_list.MakeGenericMethod(arguments).Invoke(null, [Value(arguments[0], name)])!,
            _ when plain.GetProperty("KnownValues")?.GetValue(null) is System.Collections.IEnumerable known =>
                known.Cast<object>().FirstOrDefault() ?? Activator.CreateInstance(plain, "any")!,
            _ when plain == typeof(AgentVersionReference) => (AgentVersionReference)"latest",
            _ => Object(plain),
        };
    }

    /// <summary>Keys of pages are the pager's to set; files cannot be read from JSON.</summary>
    private object Object(Type type)
    {
        var json = (JObject)s_samples.CreateObject(type.Name, isFull).DeepClone();
        json.Remove("pagination_key");
        PropertyInfo[] files = [.. type.GetProperties().Where(p => p.PropertyType == typeof(RetellFile) || p.PropertyType == typeof(IList<RetellFile>))];
        foreach (PropertyInfo file in files)
        {
            json.Properties().FirstOrDefault(p => p.Name.Replace("_", "", StringComparison.Ordinal).Equals(file.Name, StringComparison.OrdinalIgnoreCase))?.Remove();
        }

        object sample = RetellJson.Deserialize(json.ToString(), type)!;
        Array.ForEach(files, file => file.SetValue(sample, Value(file.PropertyType, file.Name)));
        return sample;
    }

    private Action<T> Change<T>()
    {
        object sample = Object(typeof(T));
        return request =>
        {
            foreach (PropertyInfo property in typeof(T).GetProperties().Where(p => p.CanWrite && p.GetValue(sample) is not null))
            {
                property.SetValue(request, property.GetValue(sample));
            }
        };
    }

    private static IList<T> ListOf<T>(T item) => [item];

    private bool IsLeftOut(ParameterInfo parameter) =>
        parameter.HasDefaultValue && (!isFull || parameter.ParameterType == typeof(RequestOptions) || parameter.ParameterType == typeof(CancellationToken));

    private static object? Default(ParameterInfo parameter) =>
        parameter.DefaultValue ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);

    private static string Text(string name) => name switch
    {
        "uploadId" => "upload_0a1",
        _ when name.EndsWith("Number", StringComparison.Ordinal) || name.EndsWith("Numbers", StringComparison.Ordinal) => PhoneNumber,
        _ => name + " 1/ü",
    };
}
