using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Retell.Tests.PublicApi;

#pragma warning disable CA1034, CA1051, CA1711, CA1716, CA1720, CA1819, CA1822, CA1823, CS0169, CS0649, IDE0044, IDE0051, IDE0060 // made to be looked at

/// <summary>One of everything that a public surface can hold.</summary>
public static class Samples
{
    [Obsolete("Use New.")]
    public static void Old()
    {
    }

    public static bool Find(this string text, [NotNullWhen(true)] out string? found) => (found = text) is not null;

    public static string Join(char separator, params string?[]? parts) => string.Join(separator, parts ?? []);

    public static Task<(string Key, List<string?>? Values)> Pairs() => Task.FromResult<(string, List<string?>?)>((string.Empty, null));

    public static void Swap(ref int left, in int right) => left = right;

    public delegate Task<string?> Handler(string name, object? state);

    public interface IReads<out T>
    {
        string? Text { get; }

        T Next();
    }

    [Flags]
    public enum Colours : byte
    {
        [EditorBrowsable(EditorBrowsableState.Never)]
        Red = 1,
        Blue = 2,
    }

    public class Plain
    {
        public const double Half = 0.5;
        public static readonly string[] Kinds = ["a"];
        internal int _hiddenInternal;
        private protected int _hiddenField;

        [SetsRequiredMembers]
        public Plain(string name, int? count = null, bool flag = true, string text = "a \"b\"", DayOfWeek day = DayOfWeek.Friday, CancellationToken token = default) => Name = name;

        internal Plain(long hidden) => Size = hidden;

        public event EventHandler? Changed;

        public required string? Name { get; init; }

        public long Size { get; protected set; }

        protected int Reach { get; private set; }

        public string? this[int index] => null;

        public override string ToString() => string.Empty;

        protected virtual void Hook() => Changed?.Invoke(this, EventArgs.Empty);

        internal void Hidden()
        {
        }

        protected class Nested
        {
            internal Nested()
            {
            }
        }

        private sealed class HiddenClass;
    }

    public sealed class Shut : IDisposable, IHidden
    {
        public void Dispose()
        {
        }

        void IHidden.HiddenMember()
        {
        }
    }

    public class Base : Dictionary<string, string?>
    {
        public virtual void Do()
        {
        }
    }

    public abstract class Derived : Base
    {
        public sealed override void Do()
        {
        }

        public abstract void Do(int times);
    }

    public class Box<TKey, TValue>
        where TKey : notnull
        where TValue : class?, IComparable<TValue>, new()
    {
        public IDictionary<string, IList<TValue?>?> Map { get; set; } = new Dictionary<string, IList<TValue?>?>();

        public TValue? Get(TKey key) => default;

        public T? Convert<T>(T value)
            where T : struct => value;
    }

    public readonly struct Level(string text) : IEquatable<Level>
    {
        public static Level High { get; } = new("high");

        public static implicit operator Level(string text) => new(text);

        public static bool operator ==(Level left, Level right) => left.Equals(right);

        public static bool operator !=(Level left, Level right) => !left.Equals(right);

        public bool Equals(Level other) => ToString() == other.ToString();

        public override bool Equals(object? obj) => obj is Level other && Equals(other);

        public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

        public override string ToString() => text;
    }

    public sealed record Point(int X, string? Name)
    {
        public void Deconstruct(out int x) => x = X;
    }

    internal interface IHidden
    {
        void HiddenMember();
    }
}
