namespace Retell.SpecTool.Diff;

/// <summary>What a change means for those who call the API through the SDK.</summary>
internal enum ChangeClass
{
    /// <summary>Only the words differ; counted, not listed.</summary>
    Documentation,

    /// <summary>Nothing has to be done.</summary>
    Additive,

    /// <summary>Code compiles and calls succeed, but somebody should look.</summary>
    Risky,

    /// <summary>Code no longer compiles, calls fail, or data no longer arrives.</summary>
    Breaking,
}

/// <summary>Which way a value travels.</summary>
[Flags]
internal enum Sides
{
    None = 0,
    Request = 1,
    Response = 2,
    Both = Request | Response,
}

/// <summary>One difference between two revisions of the API.</summary>
/// <param name="Rule">What kind of change it is, and why it is classed as it is.</param>
/// <param name="Class">The class on the sides where it counts; the worse one of two.</param>
/// <param name="Side">Which way the value travels; none for what has no direction.</param>
/// <param name="Operation">The operation it stands in (<c>get /get-call/{call_id}</c>), if it stands in one.</param>
/// <param name="Schema">The component it stands in, if it stands in one.</param>
/// <param name="Place">The JSON pointer, without the indexes of allOf.</param>
/// <param name="Message">What changed, in one line.</param>
/// <param name="CSharp">The C# names it touches, as <c>old → new</c> where they differ.</param>
/// <param name="UsedBy">The operations that use the place.</param>
internal sealed record Change(
    Rule Rule,
    ChangeClass Class,
    Sides Side,
    string? Operation,
    string? Schema,
    string Place,
    string Message,
    IReadOnlyList<string> CSharp,
    IReadOnlyList<string> UsedBy)
{
    /// <summary>The name of the rule, which does not change between versions of the tool.</summary>
    public string Id => Rule.Id;
}
