using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;

namespace Retell.Models;

/// <summary>
/// Base of every object of the API. It tells absent, null and value apart and keeps the JSON members that this
/// version of the SDK does not know, so that what was read is written back the same way.
/// </summary>
[JsonConverter(typeof(RetellObjectConverter))]
public abstract class RetellObject
{
    // Most objects have neither: a list of calls holds a hundred thousand of them.
    private Extras? _extras;

    private protected RetellObject()
    {
    }

    /// <summary>
    /// JSON members without a property of their own: members newer than this version of the SDK, and values whose
    /// JSON type is not the documented one. They are kept on reading and sent on writing.
    /// </summary>
    [JsonIgnore]
    public IDictionary<string, JToken> AdditionalProperties => OwnExtras().Members ??= new Dictionary<string, JToken>(StringComparer.Ordinal);

    internal IDictionary<string, JToken>? AdditionalPropertiesOrNull => _extras?.Members;

    internal abstract JsonShape Shape { get; }

    /// <summary>Returns the type with what identifies the object: its ID, and its name or status. No other value is included, so the text holds nothing that people said.</summary>
    /// <returns>A text such as <c>Agent agent_123 (Front desk)</c>.</returns>
    public override string ToString() => ObjectText.Of(this);

    /// <summary>Whether it came from JSON, and so may lack what the spec requires.</summary>
    internal bool IsRead => _extras?.IsRead == true;

    /// <summary>Gives the argument of the public method that a property comes from; null where the request was not made by the facade.</summary>
    internal Func<string, string>? ArgumentOf => _extras?.ArgumentOf;

    internal bool IsNull(int member) => _extras is not null && _extras.Nulls[member];

    internal void MarkNull(int member) => OwnExtras().Nulls[member] = true;

    /// <summary>Whether it has numbers with more digits than their members can hold.</summary>
    internal bool HasDigits => _extras?.Digits is not null;

    /// <summary>A number as it came, where its digits say more than the member's value; null where they do not.</summary>
    internal JToken? DigitsOf(int member) => _extras?.Digits is { } digits && digits.TryGetValue(member, out JToken? known) ? known : null;

    /// <summary>Keeps a number as it came beside the member's value, until that is set; null forgets an earlier one.</summary>
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

    /// <summary>Gives a member a value of any JSON type.</summary>
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

    /// <summary>Remembers which arguments of the public method the properties come from, for exceptions that name them.</summary>
    internal void MarkArguments(Func<string, string> argumentOf) => OwnExtras().ArgumentOf = argumentOf;

    /// <summary>A copy that can be changed without changing this one; the values of its members are shared.</summary>
    internal RetellObject Copy()
    {
        var copy = (RetellObject)MemberwiseClone();
        copy._extras = _extras?.Copy();
        return copy;
    }

    /// <summary>Assigns a member; a null is remembered, and so sent, only where the API gives null a meaning.</summary>
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
            // What was read in another JSON type than documented gives way to what is set.
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
        /// <summary>All that is to say of most objects that were read; they share it and never change it.</summary>
        public static readonly Extras OnlyRead = new() { IsRead = true };

        public NullMarks Nulls = new();

        public bool IsRead;

        public Dictionary<string, JToken>? Members;

        public Dictionary<int, JToken>? Digits;

        public Func<string, string>? ArgumentOf;

        public Extras Copy() => new() { Digits = Digits is null ? null : new Dictionary<int, JToken>(Digits), IsRead = IsRead, Nulls = Nulls.Copy(), ArgumentOf = ArgumentOf, Members = Members is null ? null : new Dictionary<string, JToken>(Members, StringComparer.Ordinal) };
    }
}
