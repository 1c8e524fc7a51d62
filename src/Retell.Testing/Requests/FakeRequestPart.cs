using System.Text;

namespace Retell.Testing;

/// <summary>One part of a multipart/form-data request, as it was sent.</summary>
public sealed class FakeRequestPart
{
    internal FakeRequestPart(string name, string? fileName, string? contentType, byte[] content) =>
        (Name, FileName, ContentType, Content) = (name, fileName, contentType, content);

    /// <summary>The name of the field.</summary>
    public string Name { get; }

    /// <summary>The name of the file; null for a part that is no file.</summary>
    public string? FileName { get; }

    /// <summary>The content type of the part; null where none was sent.</summary>
    public string? ContentType { get; }

    /// <summary>What the part holds.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>What the part holds, read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);

    /// <summary>A short text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FileName is null
        ? $"{Name} = {Text}"
        : $"{Name}: {FileName} ({Content.Length} bytes, {ContentType ?? "no content type"})";
}
