using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Http;
using Retell.Models;

namespace Retell;

/// <summary>The base class of the resources, which have the operations on one type of object, such as <see cref="RetellClient.Calls"/>.</summary>
public abstract class RetellResource
{
    private const int MaxPageSize = 1000;
    private readonly RetellRaw? _api;
    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>Initializes a test double.</summary>
    private protected RetellResource()
    {
    }

    private protected RetellResource(RetellRaw api, TimeProvider time) => (_api, _time) = (api, time);

    /// <summary>Gets the raw clients, which a test double does not have.</summary>
    private protected RetellRaw Api => _api ?? throw new InvalidOperationException("The resource is a test double. Override each method that is called.");

    private protected Waiter Waiter => new(_time);

    /// <summary>Returns a copy of a request that paging can change.</summary>
    internal static T CopyOf<T>(T? request)
        where T : RetellObject, new() => (T?)request?.Copy() ?? new T();

    /// <summary>A copy of the caller's request with a change.</summary>
    internal static T With<T>(T? request, Action<T> change)
        where T : RetellObject, new()
    {
        T copy = CopyOf(request);
        change(copy);
        return copy;
    }

    /// <summary>
    /// Creates the request for the first page, or for the page after a key. A number of items to skip counts from the start of the list, so that
    /// it is removed where there is a key.
    /// </summary>
    internal static T ForPage<T>(T? request, string? key, Action<T, string> continueAt)
        where T : RetellObject, new()
    {
        T page = Body(CopyOf(request), nameof(request));
        if (key is not null)
        {
            continueAt(page, key);
        }

        return page;
    }

    /// <summary>Creates a request that contains only the members that the caller sets.</summary>
    internal static T Configured<T>(Action<T>? change, [CallerArgumentExpression(nameof(change))] string name = "")
        where T : RetellObject, new()
    {
        var request = new T();
        NotNull(change, name)(request);
        request.MarkArguments(_ => name);
        return request;
    }

    /// <summary>Returns the request of the caller, marked so that exceptions name its argument.</summary>
    internal static T Body<T>([NotNull] T? request, [CallerArgumentExpression(nameof(request))] string name = "")
        where T : class
    {
        // A request that an overload created is already marked.
        if (NotNull(request, name) is not RetellObject { ArgumentOf: null } given)
        {
            return request;
        }

        RetellObject copy = given.Copy();
        copy.MarkArguments(_ => name);
        return (T)(object)copy;
    }

    /// <summary>
    /// Marks a request that an overload created from its arguments, so that exceptions name the argument with the name of the property, or with
    /// the given one.
    /// </summary>
    internal static T Made<T>(T request, params (string Property, string Argument)[] others)
        where T : RetellObject
    {
        request.MarkArguments(property => others.Where(other => other.Property == property).Select(other => other.Argument).FirstOrDefault()
            ?? char.ToLowerInvariant(property[0]) + property.Substring(1));
        return request;
    }

    [return: NotNullIfNotNull(nameof(items))]
    internal static IList<T>? ListOf<T>(IEnumerable<T>? items) => items is null ? null : items as IList<T> ?? [.. items];

    internal static T NotNull<T>([NotNull] T? value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : class => value ?? throw new ArgumentNullException(name);

    internal static string NotEmpty([NotNull] string? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        !string.IsNullOrWhiteSpace(NotNull(value, name)) ? value : throw new ArgumentException("The value is empty.", name);

    /// <summary>Checks a value of the URL path.</summary>
    internal static string PathText([NotNull] string? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        NotEmpty(value, name) is not ("." or "..") ? value : throw new ArgumentException($"\"{value}\" is not a valid ID, because it has a special meaning in a URL path.", name);

    internal static T NotDefault<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, IOpenValue => OpenValue.NotDefault(value, name);

    /// <summary>Checks a phone number. It is used only for arguments that must be one.</summary>
    internal static string PhoneNumber([NotNull] string? value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotEmpty(value, name);
        return E164.FindFault(value) is string fault ? throw new ArgumentException(fault, name) : value;
    }

    /// <summary>Checks the number of items per page. Null means the default of the API.</summary>
    internal static long? PageSize(double? value, string name) =>
        value is null or (>= 1 and <= MaxPageSize) ? (long?)value : throw new ArgumentOutOfRangeException(name, value, $"The page size must be from 1 to {MaxPageSize}.");
}
