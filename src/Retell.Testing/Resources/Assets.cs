namespace Retell.Testing.Resources;

/// <summary>Files that agents use. They cannot be read again, so nothing is kept.</summary>
internal sealed class Assets(ResourceContext context) : Resource(context)
{
    public override IEnumerable<OperationEntry> Entries => [new("createAsset", Upload)];

    private FakeResponse Upload(FakeRequest request) => Success(request, request.Parts.FirstOrDefault(p => p.FileName is not null) is { } file
        ? ExampleOf(request, new("file_name", file.FileName), new("content_type", file.ContentType ?? "application/octet-stream"), new("file_size", file.Content.Length))
        : ExampleOf(request));
}
