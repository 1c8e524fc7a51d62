namespace Retell.Generated.Json;

/// <summary>A hash table of the members of a class by their UTF-8 names. It does not change after it is created.</summary>
internal sealed class Utf8Names
{
    private readonly JsonMember?[] _places;

    public Utf8Names(JsonMember[] members)
    {
        int size = 4;
        while (size < members.Length * 3)
        {
            size *= 2;
        }

        _places = new JsonMember?[size];
        foreach (JsonMember member in members)
        {
            int place = Place(member.Utf8Name);
            while (_places[place] is not null)
            {
                place = Next(place);
            }

            _places[place] = member;
        }
    }

    /// <summary>Returns the member with a name, or null.</summary>
    public JsonMember? Find(ReadOnlySpan<byte> name)
    {
        for (int place = Place(name); _places[place] is JsonMember member; place = Next(place))
        {
            if (name.SequenceEqual(member.Utf8Name))
            {
                return member;
            }
        }

        return null;
    }

    private int Place(ReadOnlySpan<byte> name)
    {
        if (name.Length == 0)
        {
            return 0;
        }

        uint mixed = (uint)name.Length | ((uint)name[0] << 8) | ((uint)name[name.Length / 2] << 16) | ((uint)name[name.Length - 1] << 24);
        return (int)(unchecked(mixed * 0x9E3779B1) >> 16) & (_places.Length - 1);
    }

    private int Next(int place) => (place + 1) & (_places.Length - 1);
}
