using System.Reflection;
using Retell.Tests.Support;

namespace Retell.Tests.Facade.Resources;

/// <summary>Each operation of the API has a method, which sends it and nothing else; a new one has a generated one.</summary>
internal sealed class EveryOperationTests
{
    private static IEnumerable<TestCaseData> Operations => SpecDocument.Current.Operations
        .Where(o => FacadeMethods.RowOf(o)?.RawOnly is null)
        .Select(o => new TestCaseData(o.Method, o.Path).SetArgDisplayNames($"{o.OperationId}, {o.Method} {o.Path}"));

    /// <summary>The methods that the overlay does not name: overloads apart, those for operations that another resource has as well.</summary>
    private static IEnumerable<TestCaseData> OtherMethods
    {
        get
        {
            HashSet<MethodInfo> named = [.. SpecDocument.Current.Operations.Select(FacadeMethods.RowOf).OfType<FacadeRow>().SelectMany(FacadeMethods.For)];
            return FacadeMethods.All.Where(m => !named.Contains(m)).Select(m => new TestCaseData(m).SetArgDisplayNames(FacadeMethods.NameOf(m)));
        }
    }

    [TestCaseSource(nameof(Operations))]
    public async Task Facade_method_of_each_operation_sends_its_method_and_path(string method, string path)
    {
        SpecOperation operation = SpecDocument.Current.Operations.Single(o => o.Method == method && o.Path == path);
        FacadeRow? row = FacadeMethods.RowOf(operation);
        Assert.That(row, Is.Not.Null, $"{operation.OperationId} ({method} {path}) has no row in the table x-retell-operations of openapi/overlay.yaml.");
        MethodInfo[] overloads = FacadeMethods.For(row!);
        Assert.That(overloads, Is.Not.Empty, $"{operation.OperationId} ({method} {path}) has no facade method RetellClient.{row!.Resource}.{row.Method}Async.");

        foreach (MethodInfo overload in overloads)
        {
            Assert.That(FacadeMethods.DocumentedOperations(overload), Does.Contain(operation.OperationId));
            await AssertSendsAsync(overload, $"{method} {path}");
        }
    }

    [TestCaseSource(nameof(OtherMethods))]
    public async Task Facade_method_not_in_overlay_sends_documented_operation(MethodInfo method)
    {
        string[] documented = [.. FacadeMethods.DocumentedOperations(method)];
        Assert.That(documented, Has.Length.EqualTo(1));
        SpecOperation operation = SpecDocument.Current.Operations.Single(o => o.OperationId == documented[0]);
        await AssertSendsAsync(method, $"{operation.Method} {operation.Path}");
    }

    [Test]
    public void Facade_published_operations_are_not_raw_only()
    {
        SpecDocument published = SpecDocument.Load(Repository.PathOf("openapi", "retell.yaml"));

        Assert.That(published.Operations.Where(o => FacadeMethods.RowOf(o)?.RawOnly is not null).Select(o => o.OperationId), Is.Empty);
    }

    [Test]
    public void Facade_methods_of_removed_operations_are_obsolete()
    {
        SpecDocument published = SpecDocument.Load(Repository.PathOf("openapi", "retell.yaml"));
        IEnumerable<MethodInfo> MethodsOf(bool isPublished) => SpecDocument.Current.Operations
            .Where(o => published.Operations.Any(p => p.Method == o.Method && p.Path == o.Path) == isPublished && (!isPublished || (bool?)o.Node["deprecated"] != true))
            .Select(FacadeMethods.RowOf).OfType<FacadeRow>().SelectMany(FacadeMethods.For);

        Assert.That(MethodsOf(isPublished: false).Where(m => m.GetCustomAttribute<ObsoleteAttribute>() is null), Is.Empty);
        Assert.That(MethodsOf(isPublished: true).Where(m => m.GetCustomAttribute<ObsoleteAttribute>() is not null), Is.Empty);
    }

    private static async Task AssertSendsAsync(MethodInfo method, string expected)
    {
        foreach (bool isFull in new[] { false, true })
        {
            string reached;
            using var call = new FacadeCall();
            try
            {
                reached = await call.SendAsync(method, isFull);
            }
            catch (Exception e) when (e is not ResultStateException)
            {
                throw new InvalidOperationException($"{FacadeMethods.NameOf(method)}, {(isFull ? "all" : "only required")} arguments: {e.Message}", e);
            }

            Assert.That(reached, Is.EqualTo(expected), FacadeMethods.NameOf(method));
        }
    }
}
