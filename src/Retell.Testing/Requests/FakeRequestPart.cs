using System.Text;

namespace Retell.Testing;

/// <summary>A part of a multipart/form-data request, as it was sent.</summary>
public sealed class FakeRequestPart
{
    internal FakeRequestPart(string name, string? fileName, string? contentType, byte[] content) =>
        (Name, FileName, ContentType, Content) = (name, fileName, contentType, content);

    /// <summary>Gets the name of the field.</summary>
    public string Name { get; }

    /// <summary>Gets the name of the file; null for a part that is not a file.</summary>
    public string? FileName { get; }

    /// <summary>Gets the content type; null if none was sent.</summary>
    public string? ContentType { get; }

    /// <summary>Gets the content of the part, byte for byte.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Gets the content, read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>Returns the name, and the content or the size of the file.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FileName is null
        ? $"{Name} = {Text}"
        : $"{Name}: {FileName} ({Content.Length} bytes, {ContentType ?? "no content type"})";
}
