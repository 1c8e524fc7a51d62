using System.Reflection;
using static Retell.SpecTool.Diff.ChangeClass;

namespace Retell.SpecTool.Diff;

/// <summary>One kind of change: what it means where the SDK sends the value, and where it receives it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Request">The class in what is sent; null where it is no change for callers.</param>
/// <param name="Response">The class in what is received; null where it is no change for callers.</param>
/// <param name="Reason">Why it is classed so.</param>
internal sealed record Rule(string Id, ChangeClass? Request, ChangeClass? Response, string Reason)
{
    /// <summary>The class on some sides: the worse one of two.</summary>
    public ChangeClass? On(Sides sides) => sides switch
    {
        Sides.Request => Request,
        Sides.Response => Response,
        _ => Nullable.Compare(Request, Response) > 0 ? Request : Response,
    };
}

/// <summary>
/// Every kind of change with its class in requests, its class in responses, and the reason. What has no direction has
/// one class twice. A change on both sides has the worse class.
/// </summary>
internal static class Rules
{
    // ---------------------------------------------------------------- the document
    public static readonly Rule DocumentationChanged = new("documentation-changed", Documentation, Documentation, "Only descriptions or examples differ.");
    public static readonly Rule ServerChanged = new("server-changed", Risky, Risky, "Calls go to this address unless the caller sets another; the old one may stop responding.");
    public static readonly Rule ServerAdded = new("server-added", Additive, Additive, "The address used until now is still there.");
    public static readonly Rule ServerRemoved = new("server-removed", Risky, Risky, "Callers that set this address have to move.");
    public static readonly Rule SecurityRequired = new("security-required", Breaking, Breaking, "Calls without credentials are refused.");
    public static readonly Rule SecurityLifted = new("security-lifted", Additive, Additive, "Credentials that are sent have no effect.");
    public static readonly Rule SecurityAdded = new("security-added", Additive, Additive, "One more way to authenticate; the others still work.");
    public static readonly Rule SecurityRemoved = new("security-removed", Breaking, Breaking, "Calls that authenticate this way are refused.");
    public static readonly Rule SecuritySchemeChanged = new("security-scheme-changed", Breaking, Breaking, "The API expects credentials in a different form than the SDK sends.");

    // ---------------------------------------------------------------- operations
    public static readonly Rule OperationRemoved = new("operation-removed", Breaking, Breaking, "Calls fail; the method stays only while the operation is retained.");
    public static readonly Rule OperationAdded = new("operation-added", Additive, Additive, "A method is added.");
    public static readonly Rule OperationMoved = new(
        "operation-moved",
        Risky,
        Risky,
        "The methods keep their names and call the new path; the old one stays callable under a name with its version.");
    public static readonly Rule OperationDeprecated = new(
        "operation-deprecated",
        Risky,
        Risky,
        "The method becomes [Obsolete], a compiler warning, and the operation will be removed.");
    public static readonly Rule OperationUndeprecated = new("operation-undeprecated", Additive, Additive, "The compiler warning is removed.");
    public static readonly Rule OperationIdChanged = new("operation-id-changed", Additive, Additive, "Names are recorded: the methods keep theirs.");
    public static readonly Rule OperationTagsChanged = new("operation-tags-changed", Additive, Additive, "Tags group the documentation; no name in C# depends on them.");
    public static readonly Rule PathParameterRenamed = new(
        "path-parameter-renamed",
        Risky,
        Risky,
        "The path is the same on the wire; calls that name the argument no longer compile.");

    // ---------------------------------------------------------------- parameters
    public static readonly Rule ParameterAddedRequired = new(
        "parameter-added-required",
        Breaking,
        Breaking,
        "Calls without it are refused. The argument comes last and may be left out in C#, so that callers still compile.");
    public static readonly Rule ParameterAddedOptional = new("parameter-added-optional", Additive, Additive, "It may be left out.");
    public static readonly Rule ParameterRemoved = new("parameter-removed", Risky, Risky, "The argument stays while it is retained; the API ignores or refuses it.");
    public static readonly Rule ParameterBecameRequired = new(
        "parameter-became-required",
        Breaking,
        Breaking,
        "Calls without it are refused, and the argument is no longer optional.");
    public static readonly Rule ParameterBecameOptional = new("parameter-became-optional", Additive, Additive, "It may be left out.");
    public static readonly Rule ParameterDeprecated = new("parameter-deprecated", Risky, Risky, "The argument works, and will be removed.");
    public static readonly Rule ParameterUndeprecated = new("parameter-undeprecated", Additive, Additive, "It is no longer planned to be removed.");
    public static readonly Rule ParameterSerializationChanged = new(
        "parameter-serialization-changed",
        Breaking,
        Breaking,
        "The API reads the text in the URL in another way than the SDK writes it.");
    public static readonly Rule ParameterEmptyRefused = new("parameter-empty-refused", Breaking, Breaking, "An empty value was allowed and is refused.");
    public static readonly Rule ParameterEmptyAllowed = new("parameter-empty-allowed", Additive, Additive, "An empty value was refused and is allowed.");

    // ---------------------------------------------------------------- bodies and answers
    public static readonly Rule BodyAddedRequired = new("body-added-required", Breaking, Breaking, "Calls without a body are refused, and the method has one more argument.");
    public static readonly Rule BodyAddedOptional = new("body-added-optional", Additive, Additive, "It may be left out.");
    public static readonly Rule BodyRemoved = new("body-removed", Breaking, Breaking, "The method no longer has the argument.");
    public static readonly Rule BodyBecameRequired = new("body-became-required", Breaking, Breaking, "Calls without a body are refused, and the argument is no longer optional.");
    public static readonly Rule BodyBecameOptional = new("body-became-optional", Additive, Additive, "It may be left out.");
    public static readonly Rule BodyMediaTypeChanged = new(
        "body-media-type-changed",
        Breaking,
        Breaking,
        "The body that the SDK sent until now is refused, and members that are files change their C# type.");
    public static readonly Rule BodyMediaTypeAdded = new("body-media-type-added", Additive, Additive, "The SDK sends the one it sent.");
    public static readonly Rule BodyMediaTypeRemoved = new("body-media-type-removed", Risky, Risky, "Not the one that the SDK sends, but others may send it.");
    public static readonly Rule ResponseBodyAdded = new("response-body-added", Additive, Additive, "The method returns a value; calls that await it still compile.");
    public static readonly Rule ResponseBodyRemoved = new("response-body-removed", Breaking, Breaking, "The method no longer returns a value.");
    public static readonly Rule ResponseMediaTypeAdded = new("response-media-type-added", Additive, Additive, "The SDK asks for JSON.");
    public static readonly Rule ResponseMediaTypeRemoved = new("response-media-type-removed", Risky, Risky, "Not the one that the SDK asks for, but others may.");
    public static readonly Rule ResponseHeaderAdded = new("response-header-added", Additive, Additive, "One more header can be read.");
    public static readonly Rule ResponseHeaderRemoved = new("response-header-removed", Risky, Risky, "Code that reads the header of the raw response finds nothing.");
    public static readonly Rule SuccessStatusChanged = new(
        "success-status-changed",
        Risky,
        Risky,
        "The SDK takes any 2xx for success; code that reads the status sees another one.");
    public static readonly Rule SuccessStatusAdded = new("success-status-added", Risky, Risky, "A second kind of success, whose body may differ from the one that is read.");
    public static readonly Rule SuccessStatusRemoved = new("success-status-removed", Additive, Additive, "The SDK takes any 2xx for success; one no longer occurs.");
    public static readonly Rule ErrorStatusAdded = new("error-status-added", Additive, Additive, "Errors of every status are read alike and may always come.");
    public static readonly Rule ErrorStatusRemoved = new("error-status-removed", Additive, Additive, "An error that no longer comes.");
    public static readonly Rule ErrorBodyChanged = new("error-body-changed", Risky, Risky, "Errors are read by one hand-written type: see that it still fits.");

    // ---------------------------------------------------------------- schemas
    public static readonly Rule SchemaAdded = new("schema-added", Additive, Additive, "One more type.");
    public static readonly Rule SchemaRemoved = new("schema-removed", Risky, Risky, "The type stays while it is retained; what used it is listed where it stood.");
    public static readonly Rule SchemaRenamed = new("schema-renamed", Breaking, Breaking, "The same shape under another name: members have the new C# type.");
    public static readonly Rule SchemaDeprecated = new("schema-deprecated", Risky, Risky, "The type becomes [Obsolete], a compiler warning, and will be removed.");
    public static readonly Rule SchemaUndeprecated = new("schema-undeprecated", Additive, Additive, "The compiler warning is removed.");
    public static readonly Rule SchemaKindChanged = new(
        "schema-kind-changed",
        Breaking,
        Breaking,
        "Classes, unions (interfaces), enumerations and values are used differently in C# and look differently on the wire.");
    public static readonly Rule CSharpNameChanged = new("csharp-name-changed", Breaking, Breaking, "The C# type is renamed though the API calls it the same: record its name.");
    public static readonly Rule ObjectClosed = new("object-closed", Breaking, Additive, "Members that the spec does not name are refused.");
    public static readonly Rule ObjectOpened = new("object-opened", Additive, Additive, "Members that the spec does not name are allowed, and kept when they arrive.");
    public static readonly Rule ExtraMembersChanged = new(
        "extra-members-changed",
        Risky,
        Risky,
        "Members that the spec does not name have values of another type; they are in AdditionalProperties.");

    // ---------------------------------------------------------------- properties
    public static readonly Rule PropertyAddedRequired = new(
        "property-added-required",
        Breaking,
        Additive,
        "Requests without it are refused though the code compiles; in responses it is one more member.");
    public static readonly Rule PropertyAddedConstant = new(
        "property-added-constant",
        Risky,
        Additive,
        "The SDK presets it once it is updated; requests of earlier versions lack it.");
    public static readonly Rule PropertyAddedOptional = new("property-added-optional", Additive, Additive, "It may be left out.");
    public static readonly Rule PropertyRemoved = new(
        "property-removed",
        Risky,
        Breaking,
        "It still compiles while it is retained: in requests the API ignores or refuses it, in responses it never arrives.");
    public static readonly Rule PropertyBecameRequired = new("property-became-required", Breaking, Additive, "Requests without it are refused; in responses it is always there.");
    public static readonly Rule PropertyBecameOptional = new("property-became-optional", Additive, Risky, "Requests may leave it out; responses may lack it.");
    public static readonly Rule PropertyDeprecated = new("property-deprecated", Risky, Risky, "The member becomes [Obsolete], a compiler warning, and will be removed.");
    public static readonly Rule PropertyUndeprecated = new("property-undeprecated", Additive, Additive, "The compiler warning is removed.");
    public static readonly Rule PropertyBecameReadOnly = new("property-became-read-only", Risky, Additive, "The API ignores or refuses it in requests.");
    public static readonly Rule PropertyBecameWritable = new("property-became-writable", Additive, Additive, "It may be sent.");
    public static readonly Rule PropertyBecameWritableRequired = new(
        "property-became-writable-required",
        Breaking,
        Additive,
        "It may be sent, and as it is required it has to be.");
    public static readonly Rule PropertyBecameWriteOnly = new("property-became-write-only", Additive, Breaking, "It never arrives.");
    public static readonly Rule PropertyBecameReadable = new("property-became-readable", Additive, Additive, "It arrives in responses now.");
    public static readonly Rule ConstantChanged = new("constant-changed", Breaking, Breaking, "The SDK sends and expects the one value; earlier versions send the old one.");
    public static readonly Rule ConstantOpened = new("constant-opened", Additive, Risky, "What had one value may have others; code that relies on it should look.");
    public static readonly Rule ConstantFixed = new("constant-fixed", Breaking, Additive, "Only one value is allowed now.");
    public static readonly Rule DefaultAdded = new("default-added", Additive, Additive, "What happens without a value is stated now.");
    public static readonly Rule DefaultChanged = new(
        "default-changed",
        Risky,
        Additive,
        "Requests that leave it out are treated differently; the SDK never sends defaults itself.");
    public static readonly Rule DefaultRemoved = new("default-removed", Risky, Additive, "What happens without a value is no longer stated.");

    // ---------------------------------------------------------------- types of values
    public static readonly Rule TypeChanged = new("type-changed", Breaking, Breaking, "Another JSON type and another C# type, with no implicit conversion.");
    public static readonly Rule TypeWidened = new("type-widened", Risky, Breaking, "Assigning the old C# type still compiles by implicit conversion; reading into it does not.");
    public static readonly Rule TypeNarrowed = new("type-narrowed", Breaking, Risky, "Reading into the old C# type still compiles by implicit conversion; assigning it does not.");
    public static readonly Rule CSharpTypeChanged = new("csharp-type-changed", Breaking, Breaking, "The same on the wire, but another C# type, with no implicit conversion.");
    public static readonly Rule CSharpTypeWidened = new(
        "csharp-type-widened",
        Risky,
        Breaking,
        "Nearly the same on the wire; assigning the old C# type still compiles by implicit conversion, reading into it does not.");
    public static readonly Rule CSharpTypeNarrowed = new(
        "csharp-type-narrowed",
        Breaking,
        Risky,
        "Nearly the same on the wire; reading into the old C# type still compiles by implicit conversion, assigning it does not.");
    public static readonly Rule CSharpTypeNullable = new(
        "csharp-type-became-nullable",
        null,
        Breaking,
        "A value type with ? : code that reads it without handling null no longer compiles.");
    public static readonly Rule CSharpTypeNotNullable = new(
        "csharp-type-became-not-nullable",
        Breaking,
        Breaking,
        "A value type without ? : .Value, ?? and assigning null no longer compile.");
    public static readonly Rule BecameNullable = new("became-nullable", Additive, Risky, "Null may be sent, and may arrive.");
    public static readonly Rule BecameNotNullable = new("became-not-nullable", Breaking, Additive, "Null is refused in requests and no longer arrives in responses.");
    public static readonly Rule FormatAdded = new("format-added", Breaking, Additive, "Texts of another form are refused; those that arrive have it.");
    public static readonly Rule FormatChanged = new("format-changed", Breaking, Breaking, "Texts of the old form are refused, and those that arrive are read differently.");
    public static readonly Rule FormatRemoved = new("format-removed", Additive, Risky, "Texts of any form may be sent and may arrive.");
    public static readonly Rule LimitTightened = new("limit-tightened", Breaking, Additive, "Values that were allowed are refused; fewer arrive.");
    public static readonly Rule LimitLoosened = new("limit-loosened", Additive, Risky, "More values are allowed, and may arrive where code does not expect them.");
    public static readonly Rule LimitChanged = new("limit-changed", Breaking, Risky, "Neither tighter nor looser: values that were allowed may be refused, new ones may arrive.");

    // ---------------------------------------------------------------- enumerations
    public static readonly Rule EnumValueAdded = new("enum-value-added", Additive, Additive, "Enumerations are open: a value that this version does not know is kept as it is.");
    public static readonly Rule EnumValueRemoved = new(
        "enum-value-removed",
        Breaking,
        Additive,
        "It is refused in requests; it no longer arrives. The C# member stays while it is retained.");
    public static readonly Rule ValuesListed = new("values-listed", Breaking, Additive, "Only the listed values are allowed where any text was.");
    public static readonly Rule ValuesUnlisted = new("values-unlisted", Additive, Risky, "Any text is allowed and may arrive where only listed values were.");

    // ---------------------------------------------------------------- unions and choices
    public static readonly Rule VariantAdded = new(
        "variant-added",
        Additive,
        Risky,
        "It can be sent; where it arrives, earlier versions give an UnknownVariant and a switch needs one more case.");
    public static readonly Rule VariantRemoved = new("variant-removed", Breaking, Additive, "It is refused in requests; it no longer arrives.");
    public static readonly Rule VariantTagChanged = new(
        "variant-tag-changed",
        Breaking,
        Breaking,
        "The value that tells the variant from the others is another one; earlier versions neither send nor know it.");
    public static readonly Rule VariantTypeChanged = new("variant-type-changed", Breaking, Breaking, "The same tag now stands for another C# type.");
    public static readonly Rule DiscriminatorChanged = new(
        "discriminator-changed",
        Breaking,
        Breaking,
        "Variants are told apart by something else; the discriminators of the facade have to be declared anew.");
    public static readonly Rule SharedMemberAdded = new("shared-member-added", Additive, Additive, "All variants have it, so the interface has it.");
    public static readonly Rule SharedMemberRemoved = new(
        "shared-member-removed",
        Breaking,
        Breaking,
        "Not all variants have it in one form (any longer), so the interface loses it: code that reads it without a cast no longer compiles.");
    public static readonly Rule SharedMemberChanged = new("shared-member-changed", Breaking, Breaking, "The interface gives it as another C# type.");
    public static readonly Rule CaseAdded = new("case-added", Additive, Risky, "One more JSON type may be sent, and may arrive where code does not expect it.");
    public static readonly Rule CaseRemoved = new("case-removed", Breaking, Breaking, "The JSON type is refused and no longer arrives, and its implicit conversion goes.");

    /// <summary>The whole table, in the order above.</summary>
    public static IReadOnlyList<Rule> All { get; } =
        [.. typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Rule>()];
}
