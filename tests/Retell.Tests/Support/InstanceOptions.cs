namespace Retell.Tests.Support;

/// <summary>What generated instances may contain beyond the plain case. Every feature is a switch of its own.</summary>
internal sealed record InstanceOptions
{
    /// <summary>Valid against the document: what a careful caller sends and the server answers.</summary>
    public static InstanceOptions Valid { get; } = new();

    /// <summary>Valid, and every member that the document knows is there (as deep as the size allows).</summary>
    public static InstanceOptions Full { get; } = new() { OptionalMembers = 1, Nulls = false };

    /// <summary>Valid, and only what the document requires.</summary>
    public static InstanceOptions Minimal { get; } = new() { OptionalMembers = 0, Nulls = false };

    /// <summary>What a newer server may answer: unknown members, values and variants.</summary>
    public static InstanceOptions Tolerant { get; } = new()
    {
        UnknownMembers = true,
        UnknownEnumValues = true,
        UnknownVariants = true,
        IgnoreLimits = true,
    };

    /// <summary>What breaks the document but must be kept and written back all the same.</summary>
    public static InstanceOptions Hostile { get; } = Tolerant with
    {
        NullForRequired = true,
        MissingRequired = true,
        WholeAsReal = true,
        WrongTypes = true,
    };

    /// <summary>All that JSON can say and the types of C# cannot hold as it is.</summary>
    public static InstanceOptions Exact { get; } = Hostile with
    {
        ExactNumbers = true,
        LoneSurrogates = true,
    };

    /// <summary>The share of the optional members that are there; null lets the seed choose.</summary>
    public double? OptionalMembers { get; init; }

    /// <summary>Null where the document allows it.</summary>
    public bool Nulls { get; init; } = true;

    /// <summary>Non-ASCII, control characters, surrogate pairs, text that looks like a date or a number.</summary>
    public bool SpecialText { get; init; } = true;

    /// <summary>64-bit integers, tiny and huge real numbers.</summary>
    public bool ExtremeNumbers { get; init; } = true;

    /// <summary>Numbers with more digits, or larger, than any type of C# holds.</summary>
    public bool ExactNumbers { get; init; }

    /// <summary>Half a character of UTF-16, in texts and names.</summary>
    public bool LoneSurrogates { get; init; }

    /// <summary>Members in any order, the tag of a union not first.</summary>
    public bool ShuffledMembers { get; init; } = true;

    /// <summary>Escapes and white space that a writer may choose freely.</summary>
    public bool VariedText { get; init; } = true;

    public bool UnknownMembers { get; init; }

    public bool UnknownEnumValues { get; init; }

    /// <summary>A union with an unknown tag, with members of any kind.</summary>
    public bool UnknownVariants { get; init; }

    /// <summary>Minimum, length, pattern and item counts are not looked at.</summary>
    public bool IgnoreLimits { get; init; }

    public bool NullForRequired { get; init; }

    public bool MissingRequired { get; init; }

    /// <summary><c>5.0</c> for an integer.</summary>
    public bool WholeAsReal { get; init; }

    /// <summary>A value of another JSON type than documented.</summary>
    public bool WrongTypes { get; init; }

    /// <summary>Deeper objects hold only what is required.</summary>
    public int MaxDepth { get; init; } = 12;

    /// <summary>About how many values an instance has at most.</summary>
    public int MaxValues { get; init; } = 400;
}
