using System.Reflection;
using Retell.Generated;
using Retell.Models;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Facade.Resources;

/// <summary>An exception for an argument names a parameter of the method that was called.</summary>
internal sealed class ParameterNameTests
{
    private static readonly MethodInfo s_items = typeof(ParameterNameTests).GetMethod(nameof(ItemsAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo s_nothing = typeof(ParameterNameTests).GetMethod(nameof(ChangesNothing), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static IEnumerable<TestCaseData> Facade => FacadeMethods.All.Select(m => new TestCaseData(m).SetArgDisplayNames(FacadeMethods.NameOf(m)));

    private static IEnumerable<TestCaseData> Raw => typeof(RetellRaw).GetProperties()
        .SelectMany(p => p.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(m => !m.IsSpecialName)
        .Select(m => new TestCaseData(m).SetArgDisplayNames(FacadeMethods.NameOf(m)));

    [TestCaseSource(nameof(Facade))]
    [TestCaseSource(nameof(Raw))]
    public async Task ArgumentException_of_each_method_names_its_parameter(MethodInfo method)
    {
        using var handler = new StubHandler(() => StubHandler.Json("""{"items":[],"has_more":false}"""));
        using RetellClient client = Operations.Client(handler);
        object target = typeof(RetellClient).GetProperties().Concat(typeof(RetellRaw).GetProperties())
            .Where(p => p.PropertyType == method.DeclaringType)
            .Select(p => p.GetValue(p.DeclaringType == typeof(RetellRaw) ? client.Raw : client)!)
            .First();
        ParameterInfo[] parameters = method.GetParameters();
        object?[] good = new SampleArguments(isFull: false).For(method);
        for (int i = 0; i < parameters.Length - 1; i++)
        {
            foreach (object? bad in Bad(parameters[i].ParameterType))
            {
                object?[] arguments = [.. good];
                arguments[i] = bad;
                ArgumentException? failure = await FailureAsync(method, target, arguments);
                string what = $"{parameters[i].Name} = {bad ?? "null"}: {failure?.Message}";
                Assert.That(failure?.ParamName, failure is null ? Is.Null : Is.EqualTo(parameters[i].Name), what);
            }
        }
    }

    private static IEnumerable<object?> Bad(Type type) => type switch
    {
        _ when type == typeof(string) => [null, "", ".", ".."],
        _ when type == typeof(RequestOptions) =>
            [new RequestOptions { MaxRetries = -1 }, new RequestOptions { IdempotencyKey = "a" }, new RequestOptions { Headers = { ["a b"] = "c" } }],
        _ when type == typeof(long) || type == typeof(bool) || type == typeof(CancellationToken) => [],
        _ when type == typeof(long?) => [-1L, long.MaxValue],
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Action<>) => [null, s_nothing.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, null)],
        _ when type == typeof(IEnumerable<RetellFile>) =>
            [null, Array.Empty<RetellFile>(), new RetellFile[] { null! }, Enumerable.Repeat(RetellFile.FromBytes([1], "a"), 26).ToList()],
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>) && typeof(RetellObject).IsAssignableFrom(type.GetGenericArguments()[0]) =>
            [null, ListOfEmpty(type.GetGenericArguments()[0])],
        { IsValueType: true } => [Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type)],
        { IsClass: true, IsAbstract: false } when typeof(RetellObject).IsAssignableFrom(type) => [null, Activator.CreateInstance(type)],
        _ => [null],
    };

    private static Array ListOfEmpty(Type item)
    {
        var list = Array.CreateInstance(item, 1);
        list.SetValue(Activator.CreateInstance(item), 0);
        return list;
    }

    private static Action<T> ChangesNothing<T>() => _ => { };

    private static async Task<ArgumentException?> FailureAsync(MethodInfo method, object target, object?[] arguments)
    {
        try
        {
            object returned = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
            await (
                returned as Task
                    ?? (Task)s_items.MakeGenericMethod(
                        returned.GetType()
                            .GetInterfaces()
                            .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
                            .GetGenericArguments()).Invoke(null, [returned])!);
            return null;
        }
        catch (ArgumentException e)
        {
            return e;
        }
        catch (RetellException)
        {
            // What the stub says is not what this is about.
            return null;
        }
    }

    private static async Task ItemsAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (T _ in items)
        {
        }
    }
}
