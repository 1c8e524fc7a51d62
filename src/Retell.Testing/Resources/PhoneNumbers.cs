namespace Retell.Testing.Resources;

/// <summary>Phone numbers that were bought or imported.</summary>
internal sealed class PhoneNumbers(ResourceContext context) : Resource(context, "phone-number")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createPhoneNumber", Create),
        new("importPhoneNumber", Create),
        new("getPhoneNumber", Get),
        new("listPhoneNumbers", List),
        new("listPhoneNumbersV1", List),
        new("updatePhoneNumber", Update),
        new("deletePhoneNumber", Delete),
    ];
}
