namespace Retell.Generated.Json;

/// <summary>A type that stands in lists. (A list of lists is no list of these, or the types would have no end.)</summary>
internal abstract class ElementCodec<T> : JsonCodec<T>
{
    private JsonCodec? _ofList;

    internal sealed override JsonCodec OfList => _ofList ??= new ListCodec<T>(this);
}
