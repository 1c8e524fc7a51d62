using System.Collections;
using System.Reflection;

namespace Retell.Tests.PublicApi;

/// <summary>Writes a type as C# does: keywords, <c>?</c>, tuples; what the compiler noted in attributes is read in the order that it wrote.</summary>
internal sealed class TypeText
{
    private const byte Annotated = 2;

    private static readonly Dictionary<string, string> s_keywords = new()
    {
        ["Void"] = "void",
        ["Object"] = "object",
        ["String"] = "string",
        ["Boolean"] = "bool",
        ["Char"] = "char",
        ["Byte"] = "byte",
        ["SByte"] = "sbyte",
        ["Int16"] = "short",
        ["UInt16"] = "ushort",
        ["Int32"] = "int",
        ["UInt32"] = "uint",
        ["Int64"] = "long",
        ["UInt64"] = "ulong",
        ["Single"] = "float",
        ["Double"] = "double",
        ["Decimal"] = "decimal",
    };

    private readonly byte[] _flags;
    private readonly string?[] _tupleNames;
    private int _flag;
    private int _tupleName;

    private TypeText(byte[] flags, string?[] tupleNames) => (_flags, _tupleNames) = (flags, tupleNames);

    /// <summary>
    /// A type where it is used; <paramref name="place"/> is the parameter, field, property or type whose attributes tell about it,
    /// <paramref name="scope"/> the member around it.
    /// </summary>
    public static string Of(Type type, ICustomAttributeProvider place, MemberInfo scope) =>
        new TypeText(
            Argument(place, "NullableAttribute") is { } own ? Items<byte>(own) : [Context(scope)],
            Argument(place, "TupleElementNamesAttribute") is { } names ? Items<string?>(names) : []).Write(type);

    /// <summary>A type whose use says nothing about null.</summary>
    public static string Of(Type type) => new TypeText([0], []).Write(type);

    /// <summary>Whether null is allowed for a type parameter: 1 no, 2 yes, 0 not said.</summary>
    public static byte NullFlag(Type parameter) =>
        Argument(parameter, "NullableAttribute") is { } own ? Items<byte>(own)[0] : Context((MemberInfo?)parameter.DeclaringMethod ?? parameter.DeclaringType!);

    /// <summary>Attributes are told by name: each assembly may have one of its own.</summary>
    public static CustomAttributeData? Attribute(ICustomAttributeProvider place, string name) =>
        Attributes(place).FirstOrDefault(attribute => attribute.AttributeType.Name == name);

    public static IEnumerable<CustomAttributeData> Attributes(ICustomAttributeProvider place) => place switch
    {
        ParameterInfo parameter => parameter.CustomAttributes,
        MemberInfo member => member.CustomAttributes,
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "Neither a parameter nor a member."),
    };

    private static byte Context(MemberInfo? scope)
    {
        for (; scope is not null; scope = scope.DeclaringType)
        {
            if (Argument(scope, "NullableContextAttribute") is byte flag)
            {
                return flag;
            }
        }

        return 0;
    }

    private static object? Argument(ICustomAttributeProvider place, string attribute) =>
        Attribute(place, attribute)?.ConstructorArguments is [var argument, ..] ? argument.Value : null;

    private static T[] Items<T>(object argument) => argument is T one ? [one] : [.. ((IEnumerable)argument).Cast<CustomAttributeTypedArgument>().Select(item => (T)item.Value!)];

    private string Write(Type type)
    {
        if (type.IsByRef)
        {
            return Write(type.GetElementType()!);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Write(underlying) + "?";
        }

        // The order of the flags: the type itself (unless it is a plain value type), then its parts.
        string mark = (!type.IsValueType || type.IsGenericType) && NextFlag() == Annotated && !type.IsValueType ? "?" : string.Empty;
        if (type.IsArray)
        {
            return $"{Write(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        if (type.IsGenericParameter)
        {
            return type.Name + mark;
        }

        if (type.Namespace == "System" && s_keywords.TryGetValue(type.Name, out string? keyword))
        {
            return keyword + mark;
        }

        if (type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) is true)
        {
            // The names of one tuple stand together, before those of tuples inside it.
            int count = type.GetGenericArguments().Length;
            string?[] names = [.. Enumerable.Range(_tupleName, count).Select(index => index < _tupleNames.Length ? _tupleNames[index] : null)];
            _tupleName += count;
            return $"({string.Join(", ", type.GetGenericArguments().Select((item, index) => Write(item) + (names[index] is { } name ? " " + name : string.Empty)))})";
        }

        return Name(type, [.. type.GetGenericArguments().Select(Write)]) + mark;
    }

    private static string Name(Type type, string[] arguments)
    {
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string own = type.Name.Split('`')[0] + (arguments.Length > outer ? $"<{string.Join(", ", arguments[outer..])}>" : string.Empty);
        return type.DeclaringType is { } container ? $"{Name(container, arguments[..outer])}.{own}"
            : type.Namespace is null || CallerProgram.Imported.Contains(type.Namespace) ? own
            : $"{type.Namespace}.{own}";
    }

    private byte NextFlag() => _flags.Length == 1 ? _flags[0] : _flag < _flags.Length ? _flags[_flag++] : (byte)0;
}
