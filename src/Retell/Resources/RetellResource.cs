using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Http;
using Retell.Models;

namespace Retell;

/// <summary>The base of the resources: the operations on one kind of thing, such as <see cref="RetellClient.Calls"/>.</summary>
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

    /// <summary>The raw clients; a test double has none.</summary>
    private protected RetellRaw Api => _api ?? throw new InvalidOperationException("A test double has to override each method that is called.");

    private protected Waiter Waiter => new(_time);

    /// <summary>A request that the paging may change without changing the caller's.</summary>
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
    /// The request for the first page, or for the one after a key. What to skip is counted from the start of the list, not of
    /// each page, so it has to go where there is a key.
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

    /// <summary>A request in which only that is set which the caller sets.</summary>
    internal static T Configured<T>(Action<T>? change, [CallerArgumentExpression(nameof(change))] string name = "")
        where T : RetellObject, new()
    {
        var request = new T();
        NotNull(change, name)(request);
        request.MarkArguments(_ => name);
        return request;
    }

    /// <summary>The request of the caller, as it is passed on: exceptions that it causes name the argument.</summary>
    internal static T Body<T>([NotNull] T? request, [CallerArgumentExpression(nameof(request))] string name = "")
        where T : class
    {
        // What an overload made knows its arguments already.
        if (NotNull(request, name) is not RetellObject { ArgumentOf: null } given)
        {
            return request;
        }

        RetellObject copy = given.Copy();
        copy.MarkArguments(_ => name);
        return (T)(object)copy;
    }

    /// <summary>
    /// A request that an overload made of its arguments: exceptions that it causes name the argument that is called like the
    /// property, or as given here.
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
        !string.IsNullOrWhiteSpace(NotNull(value, name)) ? value : throw new ArgumentException("It is empty.", name);

    /// <summary>A text that can stand in a path.</summary>
    internal static string PathText([NotNull] string? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        NotEmpty(value, name) is not ("." or "..") ? value : throw new ArgumentException($"\"{value}\" is not valid here: in a path it has a meaning of its own.", name);

    internal static T NotDefault<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, IOpenValue => OpenValue.NotDefault(value, name);

    /// <summary>A number as the API wants it; only for arguments that cannot be anything else.</summary>
    internal static string PhoneNumber([NotNull] string? value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotEmpty(value, name);
        return E164.FindFault(value) is string fault ? throw new ArgumentException(fault, name) : value;
    }

    /// <summary>How many items a page may have; null leaves it to the API.</summary>
    internal static long? PageSize(double? value, string name) =>
        value is null or (>= 1 and <= MaxPageSize) ? (long?)value : throw new ArgumentOutOfRangeException(name, value, $"A page has 1 to {MaxPageSize} items.");
}
