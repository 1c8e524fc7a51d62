using System.Diagnostics.CodeAnalysis;
using System.Net.ServerSentEvents;
using System.Reflection;
using System.Text.Json;
using Newtonsoft.Json;
using Retell.Generated;
using Retell.Models;

namespace Retell.AI.Functions;

/// <summary>A method of a resource that a function calls.</summary>
[RequiresUnreferencedCode("The methods are found by reflection.")]
internal sealed class ClientMethod
{
    private const string Async = nameof(Async);
    private const string RequestName = "request";

    private ClientMethod(PropertyInfo resource, MethodInfo method, ApiOperation operation, OperationDocs docs)
    {
        (Resource, Method, Operation) = (resource, method, operation);
        Request = RequestOf(method);
        Values = [.. method.GetParameters().Where(parameter => parameter != Request && !IsSupplied(parameter.ParameterType))];
        Name = FunctionNames.Snake($"{resource.Name}{(method.Name.EndsWith(Async, StringComparison.Ordinal) ? method.Name[..^Async.Length] : method.Name)}");
        Description = docs.Summary(method);
        Schema = JsonSchemas.Of(this, docs);
    }

    public PropertyInfo Resource { get; }

    public MethodInfo Method { get; }

    public ApiOperation Operation { get; }

    /// <summary>Gets the parameter for the whole request, whose members are arguments of the function, or null.</summary>
    public ParameterInfo? Request { get; }

    public IReadOnlyList<ParameterInfo> Values { get; }

    public string Name { get; }

    public string Description { get; }

    public JsonElement Schema { get; }

    public bool IsList => IsPager(Method.ReturnType);

    /// <summary>Gets a value indicating whether the method only reads, though with POST.</summary>
    private bool IsQuery => Method.Name.StartsWith("Search", StringComparison.Ordinal) || Method.Name.StartsWith("Get", StringComparison.Ordinal);

    /// <summary>Gets the effect by what may be repeated, which the spec of the operations says.</summary>
    public string Effect => Operation.Method == "DELETE" ? "destructive"
        : Operation.Method == "GET" || (Operation.IsRepeatable && (IsList || IsQuery)) ? "read"
        : Operation.IsRepeatable ? "write"
        : "paid";

    public static IEnumerable<ClientMethod> All()
    {
        OperationDocs docs = OperationDocs.Load();
        Dictionary<string, ApiOperation> operations = typeof(RetellRaw).GetProperties()
            .SelectMany(client => client.PropertyType.GetFields(BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(ApiOperation))
            .Select(field => (ApiOperation)field.GetValue(null)!)
            .ToDictionary(operation => operation.Id, StringComparer.Ordinal);
        foreach (PropertyInfo resource in typeof(RetellClient).GetProperties().Where(property => property.PropertyType.IsSubclassOf(typeof(RetellResource))))
        {
            foreach (IGrouping<string, MethodInfo> overloads in resource.PropertyType
                .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(IsOffered)
                .GroupBy(method => method.Name))
            {
                // The overload with the whole request can do what the others can.
                MethodInfo method = overloads.OrderByDescending(overload => RequestOf(overload) is not null).ThenByDescending(overload => overload.GetParameters().Length).First();
                if (docs.Operation(method, operations) is ApiOperation operation)
                {
                    yield return new(resource, method, operation, docs);
                }
            }
        }
    }

    /// <summary>Returns the JSON members of a class of the API.</summary>
    public static IEnumerable<(string Name, PropertyInfo Property)> Members(Type type) =>
        from property in type.GetProperties()
        let name = property.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName
        where name is not null && property.CanWrite && property.GetCustomAttribute<ObsoleteAttribute>() is null
        select (name, property);

    public static bool IsPager(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Pager<>);

    private static bool IsOffered(MethodInfo method) =>
        method is { IsVirtual: true, IsSpecialName: false }
        && method.GetCustomAttribute<ObsoleteAttribute>() is null
        && method.ReturnType != typeof(Task<RetellStream>)
        && method.ReturnType != typeof(IAsyncEnumerable<SseItem<string>>)
        && !method.GetParameters().Any(parameter => IsForCode(parameter.ParameterType))
        && (RequestOf(method) is not ParameterInfo request || !Members(request.ParameterType).Any(member => IsFile(member.Property.PropertyType)));

    private static ParameterInfo? RequestOf(MethodInfo method) =>
        method.GetParameters().FirstOrDefault(parameter => parameter.Name == RequestName && parameter.ParameterType.IsSubclassOf(typeof(RetellObject)));

    /// <summary>Returns a value indicating whether a parameter is a delegate, a progress, a file or the options of a stream.</summary>
    private static bool IsForCode(Type type) => typeof(Delegate).IsAssignableFrom(type) || type == typeof(Monitoring.MonitorOptions) || IsFile(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IProgress<>));

    private static bool IsFile(Type type) => type == typeof(RetellFile) || (type.IsGenericType && type.GetGenericArguments()[0] == typeof(RetellFile));

    private static bool IsSupplied(Type type) => type == typeof(RequestOptions) || type == typeof(CancellationToken);
}
