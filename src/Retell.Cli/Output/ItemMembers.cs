using Retell.Cli.Arguments;

namespace Retell.Cli.Output;

/// <summary>The JSON members that the items of a list can have: of a union those of all its variants.</summary>
internal static class ItemMembers
{
    public static IEnumerable<string> Of(Type item)
    {
        IEnumerable<Type> types = item.IsInterface ? item.Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && item.IsAssignableFrom(type)) : [item];
        return types.SelectMany(JsonMembers.Of).Select(member => member.Name).Distinct();
    }
}
