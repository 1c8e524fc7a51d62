using System.Reflection;
using Retell.Models;
using Retell.Monitoring;

namespace Retell.Cli.Commands;

/// <summary>One of the methods that a command stands for.</summary>
internal sealed class Overload
{
    private const string RequestName = "request";

    private Overload(MethodInfo method)
    {
        Method = method;
        Request = method.GetParameters().FirstOrDefault(parameter => parameter.Name == RequestName && typeof(RetellObject).IsAssignableFrom(parameter.ParameterType));
        Values = [.. method.GetParameters().Where(parameter => parameter != Request && !IsSupplied(parameter.ParameterType))];
    }

    public MethodInfo Method { get; }

    /// <summary>The parameter for the whole request, if it has one.</summary>
    public ParameterInfo? Request { get; }

    /// <summary>What is typed as arguments and options.</summary>
    public IReadOnlyList<ParameterInfo> Values { get; }

    /// <summary>The methods of a resource by their names; those that take a delegate or stream a live call are left to C#.</summary>
    public static IEnumerable<IReadOnlyList<Overload>> Of(Type resource) => resource
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method is { IsVirtual: true, IsSpecialName: false } && !method.GetParameters().Any(parameter => IsForCode(parameter.ParameterType)))
        .GroupBy(method => method.Name)
        .Select(methods => (IReadOnlyList<Overload>)[.. methods.Select(method => new Overload(method))]);

    /// <summary>What is missing to call it with these parameters; null when it does not take one of them.</summary>
    public IReadOnlyList<string>? Missing(IReadOnlyCollection<string> given) => given.All(name => Values.Any(value => value.Name == name))
        ? [.. Values.Where(value => !value.IsOptional && !given.Contains(value.Name!)).Select(value => value.Name!)]
        : null;

    private static bool IsForCode(Type type) => typeof(Delegate).IsAssignableFrom(type) || type == typeof(MonitorOptions);

    /// <summary>What the command itself supplies.</summary>
    private static bool IsSupplied(Type type) => type == typeof(RequestOptions) || type == typeof(CancellationToken) || IsProgress(type);

    public static bool IsProgress(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IProgress<>);
}
