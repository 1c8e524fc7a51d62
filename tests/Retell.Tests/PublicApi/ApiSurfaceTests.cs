namespace Retell.Tests.PublicApi;

/// <summary>What is written about types and members, shown on the types of <see cref="Samples"/>.</summary>
public class ApiSurfaceTests
{
    private const string Name = "{m}({0})";
    private const string Here = "Retell.Tests.PublicApi.";

    [TestCase(typeof(Samples.Plain), """
        Samples.Plain -> class
        Samples.Plain.Changed -> event EventHandler?
        Samples.Plain.Half -> const double = 0.5
        Samples.Plain.Hook() -> protected virtual void
        Samples.Plain.Kinds -> static readonly string[]
        Samples.Plain.Name { get; init; } -> required string?
        Samples.Plain.Plain(string name, int? count = null, bool flag = true, string text = "a \"b\"", DayOfWeek day = DayOfWeek.Friday, CancellationToken token = default) -> constructor
        Samples.Plain.Reach { get; } -> protected int
        Samples.Plain.Size { get; protected set; } -> long
        Samples.Plain.this[int index] { get; } -> string?
        """, TestName = Name)]
    [TestCase(typeof(Samples.Shut), """
        Samples.Shut -> sealed class
        Samples.Shut : IDisposable
        Samples.Shut.Dispose() -> void
        Samples.Shut.Shut() -> constructor
        """, TestName = Name)]
    [TestCase(typeof(Samples.Derived), """
        Samples.Derived -> abstract class
        Samples.Derived : Dictionary<string, string?>
        Samples.Derived : Samples.Base
        Samples.Derived.Derived() -> protected constructor
        Samples.Derived.Do(int times) -> abstract void
        """, TestName = Name)]
    [TestCase(typeof(Samples), """
        Samples -> static class
        Samples.Find(this string text, [NotNullWhen(true)] out string? found) -> static bool
        Samples.Join(char separator, params string?[]? parts) -> static string
        Samples.Old() -> static void  [Obsolete("Use New.")]
        Samples.Pairs() -> static Task<(string Key, List<string?>? Values)>
        Samples.Swap(ref int left, in int right) -> static void
        """, TestName = Name)]
    [TestCase(typeof(Samples.Box<,>), """
        Samples.Box<TKey, TValue> -> class where TKey : notnull where TValue : class?, IComparable<TValue>, new()
        Samples.Box<TKey, TValue>.Box() -> constructor
        Samples.Box<TKey, TValue>.Convert<T>(T value) -> T? where T : struct
        Samples.Box<TKey, TValue>.Get(TKey key) -> TValue?
        Samples.Box<TKey, TValue>.Map { get; set; } -> IDictionary<string, IList<TValue?>?>
        """, TestName = Name)]
    [TestCase(typeof(Samples.IReads<>), """
        Samples.IReads<T> -> interface out T
        Samples.IReads<T>.Next() -> T
        Samples.IReads<T>.Text { get; } -> string?
        """, TestName = Name)]
    [TestCase(typeof(Samples.Level), """
        Samples.Level -> readonly struct
        Samples.Level : IEquatable<Samples.Level>
        Samples.Level.Equals(Samples.Level other) -> bool
        Samples.Level.High { get; } -> static Samples.Level = "high"
        Samples.Level.Level(string text) -> constructor
        Samples.Level.implicit operator(string text) -> static Samples.Level
        Samples.Level.operator !=(Samples.Level left, Samples.Level right) -> static bool
        Samples.Level.operator ==(Samples.Level left, Samples.Level right) -> static bool
        """, TestName = Name)]
    [TestCase(typeof(Samples.Colours), """
        Samples.Colours -> enum : byte  [Flags]
        Samples.Colours.Blue = 2
        Samples.Colours.Red = 1  [EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
        """, TestName = Name)]
    [TestCase(typeof(Samples.Point), """
        Samples.Point -> sealed record
        Samples.Point : IEquatable<Samples.Point>
        Samples.Point.Deconstruct(out int x) -> void
        Samples.Point.Name { get; init; } -> string?
        Samples.Point.Point(int X, string? Name) -> constructor
        Samples.Point.X { get; init; } -> int
        """, TestName = Name)]
    [TestCase(typeof(Samples.Handler), """
        Samples.Handler -> delegate Task<string?> (string name, object? state)
        """, TestName = Name)]
    public void ApiSurface_describes_each_member_in_one_line(Type type, string expected) =>
        Assert.That(
            ApiSurface.Of([type]).Select(line => line.Replace(Here, string.Empty, StringComparison.Ordinal)),
            Is.EqualTo(expected.Split(["\r\n", "\n"], StringSplitOptions.None)));

    [Test]
    public void ApiSurface_excludes_hidden_members_and_is_sorted()
    {
        IReadOnlyList<string> lines = ApiSurface.Of(typeof(Samples).Assembly);

        Assert.That(lines, Has.Some.StartsWith(Here + "Samples.Plain.Nested -> "));
        Assert.That(lines.Where(line => line.Contains("Hidden", StringComparison.Ordinal)), Is.Empty);
        Assert.That(lines, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal).And.Unique);
    }
}
