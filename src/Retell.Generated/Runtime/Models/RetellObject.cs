using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;

namespace Retell.Models;

/// <summary>
/// The base class of the objects of the API. It distinguishes absent members, null and values, and keeps JSON members that the SDK does not
/// know, so that an object is written back as it was read.
/// </summary>
[JsonConverter(typeof(RetellObjectConverter))]
public abstract class RetellObject
{
    // Null for most objects, of which a list of calls can have a hundred thousand.
    private Extras? _extras;

    private protected RetellObject()
    {
    }

    /// <summary>
    /// Gets the JSON members that have no property: members that are newer than this version of the SDK, and values of another JSON type than
    /// documented. They are kept when an object is read, and sent when it is written.
    /// </summary>
    [JsonIgnore]
    public IDictionary<string, JToken> AdditionalProperties => OwnExtras().Members ??= new Dictionary<string, JToken>(StringComparer.Ordinal);

    internal IDictionary<string, JToken>? AdditionalPropertiesOrNull => _extras?.Members;

    internal abstract JsonShape Shape { get; }

    /// <summary>Returns the type with what identifies the object: its ID, and its name or status. No other value is included, so the text holds nothing that people said.</summary>
    /// <returns>A text such as <c>Agent agent_123 (Front desk)</c>.</returns>
    public override string ToString() => ObjectText.Of(this);

    /// <summary>Gets a value indicating whether the object was read from JSON, and so can lack members that the spec requires.</summary>
    internal bool IsRead => _extras?.IsRead == true;

    /// <summary>Gets the function that returns the argument of the public method for a property, or null if the facade did not create the request.</summary>
    internal Func<string, string>? ArgumentOf => _extras?.ArgumentOf;

    internal bool IsNull(int member) => _extras is not null && _extras.Nulls[member];

    internal void MarkNull(int member) => OwnExtras().Nulls[member] = true;

    /// <summary>Gets a value indicating whether numbers have more digits than their members can hold.</summary>
    internal bool HasDigits => _extras?.Digits is not null;

    /// <summary>Returns the number as it was read, if it has more digits than the value of the member; otherwise null.</summary>
    internal JToken? DigitsOf(int member) => _extras?.Digits is { } digits && digits.TryGetValue(member, out JToken? known) ? known : null;

    /// <summary>Keeps a number as it was read until the member is set. Null removes an earlier one.</summary>
    internal void KeepDigits(int member, JToken? digits)
    {
        if (digits is not null)
        {
            (OwnExtras().Digits ??= [])[member] = digits;
        }
        else
        {
            _extras?.Digits?.Remove(member);
        }
    }

    internal void MarkRead() => _extras = Extras.OnlyRead;

    /// <summary>Sets a member to a value of any JSON type.</summary>
    internal void Override(string name, JToken value)
    {
        if (Shape.Find(name) is JsonMember member)
        {
            member.Clear(this);
            KeepDigits(member.Index, null);
            OwnExtras().Nulls[member.Index] = false;
        }

        AdditionalProperties[name] = value;
    }

    /// <summary>Records the arguments of the public method that the properties come from, for exceptions.</summary>
    internal void MarkArguments(Func<string, string> argumentOf) => OwnExtras().ArgumentOf = argumentOf;

    /// <summary>Returns a copy that can be changed independently. The values of its members are shared.</summary>
    internal RetellObject Copy()
    {
        var copy = (RetellObject)MemberwiseClone();
        copy._extras = _extras?.Copy();
        return copy;
    }

    /// <summary>Sets a member. Null is recorded, and so sent, only if the member is nullable in the spec.</summary>
    private protected void Assign<T>(ref T field, T value, int member, bool nullable)
    {
        field = value;
        Assigned(member, nullable && value is null);
    }

    /// <inheritdoc cref="Assign{T}"/>
    private protected void Assign(ref OptionalNumber field, double? value, int member, bool nullable)
    {
        field = OptionalNumber.Of(value);
        Assigned(member, nullable && value is null);
    }

    /// <summary>Gets a collection; where there is none, one that leaves the member absent until it is changed.</summary>
    private protected static IList<T> Created<T>(ref IList<T>? field) => field ?? Created<IList<T>, CreatedList<T>>(ref field);

    /// <inheritdoc cref="Created{T}(ref IList{T})"/>
    private protected static IDictionary<string, T> Created<T>(ref IDictionary<string, T>? field) => field ?? Created<IDictionary<string, T>, CreatedMap<T>>(ref field);

    /// <inheritdoc cref="Created{T}(ref IList{T})"/>
    private protected static JObject Created(ref JObject? field) => field ?? Created<JObject, CreatedJson>(ref field);

    /// <inheritdoc cref="Created{T}(ref IList{T})"/>
    private protected static T Created<T>(ref T? field)
        where T : class, ICreatedCollection, new() => field ?? Created<T, T>(ref field);

    // Objects that were read may be shared between threads: all of them get the same collection.
    private static T Created<T, TCreated>(ref T? field)
        where T : class
        where TCreated : class, T, ICreatedCollection, new()
    {
        var created = new TCreated { IsCreated = true };
        return Interlocked.CompareExchange(ref field, created, null) ?? created;
    }

    private void Assigned(int member, bool isNull)
    {
        if (isNull)
        {
            MarkNull(member);
        }

        if (_extras is not null && _extras != Extras.OnlyRead)
        {
            // The new value replaces one that was read as another JSON type than documented.
            _extras.Nulls[member] = isNull;
            _extras.Members?.Remove(Shape.Members[member].Name);
            _extras.Digits?.Remove(member);
        }
    }

    private Extras OwnExtras()
    {
        if (_extras is null || _extras == Extras.OnlyRead)
        {
            _extras = new Extras { IsRead = _extras is not null };
        }

        return _extras;
    }

    private sealed class Extras
    {
        /// <summary>The shared and constant state of objects that were read and have nothing else to record.</summary>
        public static readonly Extras OnlyRead = new() { IsRead = true };

        public NullMarks Nulls = new();

        public bool IsRead;

        public Dictionary<string, JToken>? Members;

        public Dictionary<int, JToken>? Digits;

        public Func<string, string>? ArgumentOf;

        public Extras Copy() =>
            new()
            {
                Digits = Digits is null ? null : new Dictionary<int, JToken>(Digits),
                IsRead = IsRead,
                Nulls = Nulls.Copy(),
                ArgumentOf = ArgumentOf,
                Members = Members is null ? null : new Dictionary<string, JToken>(Members, StringComparer.Ordinal),
            };
    }
}
