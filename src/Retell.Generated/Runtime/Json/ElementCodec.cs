namespace Retell.Generated.Json;

/// <summary>The base class of the codecs of list elements and map values. Lists of lists are not elements, because the types would be infinite.</summary>
internal abstract class ElementCodec<T> : JsonCodec<T>
{
    private JsonCodec? _ofList;
    private JsonCodec? _ofMap;

    internal sealed override JsonCodec OfList => _ofList ??= new ListCodec<T>(this);

    internal sealed override JsonCodec OfMap => _ofMap ??= new MapCodec<T>(this);
}
