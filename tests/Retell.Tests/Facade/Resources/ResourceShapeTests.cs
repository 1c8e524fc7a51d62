using System.Reflection;
using Retell.Models;
using Retell.Monitoring;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Facade.Resources;

/// <summary>What all methods of the resources have in common, and what they refuse before anything is sent.</summary>
internal sealed class ResourceShapeTests
{
    private static IEnumerable<TestCaseData> Methods => typeof(RetellClient).GetProperties()
        .Where(p => FacadeMethods.Resources.ContainsKey(p.Name))
        .SelectMany(p => p.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Select(m => new TestCaseData(m).SetArgDisplayNames(FacadeMethods.NameOf(m)));

    [TestCaseSource(nameof(Methods))]
    public void Facade_method_is_virtual_and_ends_with_options_and_cancellationToken(MethodInfo method)
    {
        Assert.That(method, Has.Property(nameof(method.IsVirtual)).True.And.Property(nameof(method.IsFinal)).False);
        Assert.That(method.Name, Does.EndWith("Async"));
        Assert.That(method.GetParameters().TakeLast(2).Select(p => (p.ParameterType, p.Name, p.HasDefaultValue)), Is.EqualTo(new[]
        {
            (method.Name == nameof(CallsResource.MonitorAsync) ? typeof(MonitorOptions) : typeof(RequestOptions), "options", true),
            (typeof(CancellationToken), "cancellationToken", true),
        }));
        Assert.That(method.GetParameters().SkipWhile(p => !p.HasDefaultValue).All(p => p.HasDefaultValue), "Required arguments come first.");
    }

    [TestCaseSource(nameof(Methods))]
    public void Facade_method_null_or_empty_argument_throws_with_parameter_name(MethodInfo method)
    {
        var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Operations.Client(handler);
        object resource = FacadeMethods.Resources.Values.Single(p => p.PropertyType == method.DeclaringType).GetValue(client)!;
        foreach (ParameterInfo parameter in method.GetParameters().Where(p => !p.HasDefaultValue && !p.ParameterType.IsValueType))
        {
            Assert.That(Refused(parameter, null), Is.InstanceOf<ArgumentNullException>().With.Property("ParamName").EqualTo(parameter.Name), parameter.Name!);

            // A user may have nothing to say.
            if (parameter.ParameterType == typeof(string) && parameter.Name != "content")
            {
                Assert.That(Refused(parameter, ""), Is.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(parameter.Name), parameter.Name!);
                Assert.That(Refused(parameter, " \t"), Is.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(parameter.Name), parameter.Name!);
            }
        }

        Assert.That(handler.Sent, Is.Empty);

        Exception? Refused(ParameterInfo parameter, object? value)
        {
            object?[] arguments = new SampleArguments(isFull: false).For(method);
            arguments[parameter.Position] = value;
            return Assert.Catch<TargetInvocationException>(() => method.Invoke(resource, arguments), $"{parameter.Name} = \"{value}\" is not refused at once.")?.InnerException;
        }
    }

    [TestCaseSource(nameof(Methods))]
    public void List_method_page_size_out_of_range_throws(MethodInfo method)
    {
        ParameterInfo? size = method.GetParameters().FirstOrDefault(p => p.Name == "pageSize");
        if (size is null)
        {
            Assert.That(
                method.ReturnType.Name.StartsWith("Pager", StringComparison.Ordinal) && method.GetParameters().Length > 2,
                Is.EqualTo(HasItsSizeInTheRequest(method) || method.Name == nameof(AgentsResource.ListMcpToolsAsync)));
            return;
        }

        var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Operations.Client(handler);
        object resource = FacadeMethods.Resources.Values.Single(p => p.PropertyType == method.DeclaringType).GetValue(client)!;
        foreach (long wrong in new long[] { 0, -1, 1001 })
        {
            object?[] arguments = new SampleArguments(isFull: false).For(method);
            arguments[size.Position] = wrong;
            Assert.That(
                Assert.Catch<TargetInvocationException>(() => method.Invoke(resource, arguments))?.InnerException,
                Is.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("pageSize").And.Property("ActualValue").EqualTo(wrong));
        }
    }

    [Test]
    public void List_method_request_limit_out_of_range_throws()
    {
        using RetellClient client = Operations.Client(new StubHandler(() => StubHandler.Json("{}")));

        Assert.That(() => client.Calls.ListAsync(new() { Limit = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request"));
        Assert.That(() => client.Chats.ListAsync(new() { Limit = 1001 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request"));
        Assert.That(() => client.Contacts.ListAsync(new() { Limit = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request"));
#pragma warning disable CS0618 // it is still there
        Assert.That(() => client.Calls.ListV2Async(new() { Limit = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request"));
#pragma warning restore CS0618
    }

    [TestCase("4157774444", "does not start with a plus sign")]
    [TestCase("+1 415 777", "' '")]
    [TestCase("+1-415", "'-'")]
    [TestCase("+٤١٥٧٧٧", "which is not a digit")]
    [TestCase("+0415777", "does not start with 0")]
    [TestCase("+1", "has 1 digits")]
    [TestCase("+1234567890123456", "has 16 digits")]
    [TestCase("+", "has 0 digits")]
    public void Phone_number_invalid_throws_with_fault_and_parameter_name(string number, string fault)
    {
        var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Operations.Client(handler);

        Assert.That(
            () => client.Calls.CreatePhoneCallAsync(SampleArguments.PhoneNumber, number),
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("toNumber").And.Message.Contains(fault).And.Message.Contains("+14157774444"));
        Assert.That(
            () => client.BatchCalls.CreateAsync(SampleArguments.PhoneNumber, [SampleArguments.PhoneNumber, number]),
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("toNumbers"));
        Assert.That(
            () => client.Chats.CreateSmsAsync(number, SampleArguments.PhoneNumber),
            Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("fromNumber"));
        Assert.That(() => client.Contacts.CreateAsync(number), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("phoneNumber"));
        Assert.That(handler.Sent, Is.Empty);
    }

    /// <summary>Custom telephony may have numbers of its own.</summary>
    [Test]
    public async Task Phone_number_of_custom_telephony_is_sent()
    {
        var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Operations.Client(handler);

        await client.PhoneNumbers.ImportAsync("1001", "pbx.example.com");
        await client.PhoneNumbers.GetAsync("1001");
        await client.PhoneNumbers.DeleteAsync("1001");
        await client.Contacts.GetByPhoneAsync("1001");
        await client.BatchCalls.CreateAsync("1001", [new BatchCallTask { ToNumber = "1002", IgnoreE164Validation = true }]);

        Assert.That(handler.Sent, Has.Count.EqualTo(5));
    }

    [Test]
    public void Resource_test_double_without_override_throws_InvalidOperationException()
    {
        var resource = new Double();

        Assert.That(() => resource.GetAsync("x"), Throws.InstanceOf<InvalidOperationException>());
    }

    private static bool HasItsSizeInTheRequest(MethodInfo method) =>
        method.GetParameters()[0] is { Name: "request" } request && request.ParameterType.GetProperty("Limit") is not null;

    private sealed class Double : AppsResource;
}
