namespace Retell.Generated.Json;

/// <summary>One bit per member that says whether it is an explicit null. The first 64 members need no allocation.</summary>
internal struct NullMarks
{
    private ulong _first;
    private ulong[]? _rest;

    public bool this[int member]
    {
        readonly get => member < 64
            ? (_first & (1UL << member)) != 0
            : _rest is not null && (member / 64) - 1 < _rest.Length && (_rest[(member / 64) - 1] & (1UL << (member % 64))) != 0;
        set
        {
            if (member < 64)
            {
                _first = value ? _first | (1UL << member) : _first & ~(1UL << member);
                return;
            }

            int word = (member / 64) - 1;
            if (_rest is null || word >= _rest.Length)
            {
                if (!value)
                {
                    return;
                }

                Array.Resize(ref _rest, word + 1);
            }

            _rest![word] = value ? _rest[word] | (1UL << (member % 64)) : _rest[word] & ~(1UL << (member % 64));
        }
    }

    public readonly NullMarks Copy() => new() { _first = _first, _rest = (ulong[]?)_rest?.Clone() };
}
