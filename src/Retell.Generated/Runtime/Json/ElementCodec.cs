namespace Retell.Generated.Json;

/// <summary>A type that stands in lists and maps. (A list of lists is no list of these, or the types would have no end.)</summary>
internal abstract class ElementCodec<T> : JsonCodec<T>
{
    private JsonCodec? _ofList;
    private JsonCodec? _ofMap;

    internal sealed override JsonCodec OfList => _ofList ??= new ListCodec<T>(this);

    internal sealed override JsonCodec OfMap => _ofMap ??= new MapCodec<T>(this);
}
