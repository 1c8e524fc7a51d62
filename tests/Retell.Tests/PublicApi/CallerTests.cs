using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Retell.Tests.PublicApi;

/// <summary>What the program of the callers notices that a list of members does not.</summary>
public class CallerTests
{
    private const string Client = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Shop
        {
            public sealed class Order
            {
                public string? Name { get; set; }

                public IList<string>? Notes { get; set; }

                public IDictionary<string, int> Counts { get; } = new Dictionary<string, int>();
            }

            public sealed class Filter { }

            public interface IItem { }

            public sealed class Book : IItem { public long Pages { get; set; } }

            public sealed class Pen : IItem { }

            public readonly struct Color
            {
                public static Color Red => default;

                public static implicit operator Color(string value) => default;
            }

            public class Orders
            {
                public Task<Order> CreateAsync(Order order, CancellationToken cancellationToken = default) => throw new NotSupportedException();

                public Task<Order> GetAsync(string id, Filter? filter = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

                public void Change(string id, Action<Order> change) { }

                public void Paint(Color color, params string[] places) { }

                public void Pack(IEnumerable<IItem> items, bool wrapped = false) { }

                public global::System.Threading.Tasks.Task CloseAsync() => throw new NotSupportedException();
        MEMBERS
            }
        }
        """;

    /// <summary>What every new file sees of .NET.</summary>
    private static IEnumerable<string> ImportedNames => new[] { typeof(object), typeof(Console), typeof(Enumerable), typeof(HttpClient), typeof(LinkedList<>), typeof(Uri) }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .Where(type => CallerProgram.Imported.Contains(type.Namespace))
        .Select(type => type.Name);

    private static readonly string[] s_recorded = [.. ApiSurface.Of(Load(Compile(Client)))];

    [Test]
    public void Program_uses_members_as_applications_do()
    {
        string program = string.Join('\n', CallerProgram.Write(s_recorded).Text);

        Assert.Multiple(() =>
        {
            Assert.That(program, Does.Contain("{ Task<Order> result = target.CreateAsync(new()); }"));
            Assert.That(program, Does.Contain("{ Task<Order> result = target.CreateAsync(@order, default); }"));
            Assert.That(program, Does.Contain("{ Task<Order> result = target.GetAsync(\"text\"); }"));
            Assert.That(program, Does.Contain("{ Task<Order> result = target.GetAsync(@id, null); }"));
            Assert.That(program, Does.Contain("{ Task<Order> result = target.GetAsync(@id: @id, @filter: @filter, @cancellationToken: @cancellationToken); }"));
            Assert.That(program, Does.Contain("{ Task<Order> result = target.GetAsync(@id, @filter: new()); }"));
            Assert.That(program, Does.Contain("target.Change(\"text\", value => { });"));
            Assert.That(program, Does.Contain("target.Paint(\"text\", @places);"));
            Assert.That(program, Does.Contain("target.Pack([]);"));
            Assert.That(program, Does.Contain("{ Order result = new() { Name = value0, Notes = value1 }; }"));
            Assert.That(program, Does.Contain("{ Order result = new() { Notes = [] }; }"));
            Assert.That(program, Does.Contain("{ Order result = new() { Counts = { [\"key\"] = default(int)! } }; }"));
            Assert.That(program, Does.Contain("{ object result = target switch { Book variant0 => variant0, Pen variant1 => variant1, _ => target }; }"));
            Assert.That(program, Does.Contain("{ Color result = Color.Red; }"));
        });
    }

    [Test]
    public void Unchanged_assembly_breaks_no_caller() => Assert.That(Broken(Client), Is.Empty);

    [Test]
    public void Obsolete_member_breaks_no_caller() =>
        Assert.That(Broken(Client.Replace("public Task<Order> CreateAsync", "[Obsolete(\"Use another.\")] public Task<Order> CreateAsync", StringComparison.Ordinal)), Is.Empty);

    [TestCase("public Task<Order> CreateAsync(Filter filter, CancellationToken cancellationToken = default) => null!;", "CreateAsync(new())", "CS0121")]
    [TestCase("public Task<Order> GetAsync(string id, string? version, CancellationToken cancellationToken = default) => null!;", "GetAsync(@id, null)", "CS0121")]
    [TestCase("public void Change(string id, Action<Filter> change) { }", "Change(\"text\", value => { })", "CS0121")]
    [TestCase("public void Paint(string color, params string[] places) { }", null, null)]
    [TestCase("public void Pack(List<Order> items, int count = 0) { }", "Pack([])", "CS0121")]
    public void Added_overload_is_broken_where_calls_become_ambiguous(string member, string? call, string? error)
    {
        string next = Client.Replace("MEMBERS", member, StringComparison.Ordinal);

        IReadOnlyList<BrokenCall> broken = Broken(next);

        Assert.That(ApiChanges.Between(s_recorded, ApiSurface.Of(Load(Compile(next)))).Removed, Is.Empty, "the list of members has nothing against it");
        if (call is null)
        {
            Assert.That(broken, Is.Empty);
        }
        else
        {
            Assert.That(
                broken.Where(item => item.Code.Contains(call, StringComparison.Ordinal) && item.Error.StartsWith(error!, StringComparison.Ordinal)),
                Is.Not.Empty,
                string.Join('\n', broken));
            Assert.That(broken.Select(item => item.Member).Distinct(), Is.SubsetOf(s_recorded));
        }
    }

    [Test]
    public void Added_type_with_a_name_of_dotnet_breaks_callers() =>
        Assert.That(Broken(Client + "namespace Shop { public sealed class Task { } }"), Has.Some.Property(nameof(BrokenCall.Error)).StartsWith("CS0104"));

    [Test]
    public void Types_of_the_SDK_have_no_name_that_every_file_imports() => Assert.That(
        new[] { typeof(RetellClient), typeof(RetellFile) }.SelectMany(type => type.Assembly.GetExportedTypes())
            .IntersectBy(ImportedNames, type => type.Name)
            .Select(type => type.FullName),
        Is.SubsetOf(RecordedSurface.Ambiguous));

    private static IReadOnlyList<BrokenCall> Broken(string source) =>
        CallerProgram.Compile(s_recorded, [.. CallerProgram.Platform, MetadataReference.CreateFromImage(Compile(source))]);

    private static byte[] Compile(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Shop", [CSharpSyntaxTree.ParseText(source.Replace("MEMBERS", string.Empty, StringComparison.Ordinal))], CallerProgram.Platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.That(compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        return image.ToArray();
    }

    private static Assembly Load(byte[] image) => new AssemblyLoadContext("Shop", isCollectible: true).LoadFromStream(new MemoryStream(image));
}
