using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Retell.Tests.PublicApi;

/// <summary>
/// What others can compile against, one line a fact, sorted: <c>Type -> kind</c>, <c>Type : base or interface</c>,
/// <c>Type.Member(parameters) -> modifiers and type</c>; attributes that callers notice follow after two spaces.
/// </summary>
/// <remarks>Left out: overrides (their base is listed), what the compiler adds by itself, and protected members of sealed types.</remarks>
internal static class ApiSurface
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly string[] s_attributes =
    [
        "ObsoleteAttribute",
        "EditorBrowsableAttribute",
        "ExperimentalAttribute",
        "FlagsAttribute",
        "RequiresUnreferencedCodeAttribute",
    ];
    private static readonly string[] s_parameterAttributes =
    [
        "AllowNullAttribute",
        "DisallowNullAttribute",
        "MaybeNullAttribute",
        "MaybeNullWhenAttribute",
        "NotNullAttribute",
        "NotNullWhenAttribute",
    ];

    private static readonly Dictionary<string, string> s_operators = new()
    {
        ["op_Implicit"] = "implicit operator",
        ["op_Explicit"] = "explicit operator",
        ["op_Equality"] = "operator ==",
        ["op_Inequality"] = "operator !=",
        ["op_LessThan"] = "operator <",
        ["op_GreaterThan"] = "operator >",
        ["op_LessThanOrEqual"] = "operator <=",
        ["op_GreaterThanOrEqual"] = "operator >=",
        ["op_Addition"] = "operator +",
        ["op_Subtraction"] = "operator -",
        ["op_Multiply"] = "operator *",
        ["op_Division"] = "operator /",
    };

    public static IReadOnlyList<string> Of(Assembly assembly) => Of(assembly.GetTypes().Where(type => type.IsVisible || IsProtectedNested(type)));

    public static IReadOnlyList<string> Of(IEnumerable<Type> types) => [.. types.SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The line without its attributes: what has to stay for callers to compile.</summary>
    public static string Signature(string line) => line.IndexOf("  [", StringComparison.Ordinal) is >= 0 and int end ? line[..end] : line;

    private static IEnumerable<string> Lines(Type type)
    {
        string name = TypeText.Of(type);
        MethodInfo? invoke = typeof(Delegate).IsAssignableFrom(type) ? type.GetMethod("Invoke") : null;
        yield return $"{name} -> {Kind(type)}{(invoke is null ? string.Empty : $" {Result(invoke)} ({Parameters(invoke)})")}{Variance(type)}{Constraints(type.GetGenericArguments())}{Attributes(type)}";
        if (invoke is not null)
        {
            yield break;
        }

        if (type.IsEnum)
        {
            foreach (FieldInfo value in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                yield return $"{name}.{value.Name} = {Convert.ToString(value.GetRawConstantValue(), CultureInfo.InvariantCulture)}{Attributes(value)}";
            }

            yield break;
        }

        // All of them, also those that come with another: that a type is one is what counts, not by which way.
        List<Type> bases = [];
        for (Type of = type; of.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType); of = parent)
        {
            yield return $"{name} : {TypeText.Of(parent, of, of)}";
            bases.Add(parent);
            if (parent.Assembly != type.Assembly && parent.Namespace?.StartsWith("System", StringComparison.Ordinal) is true)
            {
                break;
            }
        }

        IEnumerable<Type> foreign = bases.Where(parent => parent.Namespace?.StartsWith("System", StringComparison.Ordinal) is true).SelectMany(parent => parent.GetInterfaces());
        foreach (Type item in type.GetInterfaces().Where(item => item.IsVisible).Except(foreign))
        {
            yield return $"{name} : {TypeText.Of(item)}";
        }

        foreach (MemberInfo member in type.GetMembers(Declared).Where(member => !member.Name.Contains('<', StringComparison.Ordinal)))
        {
            string? text = member switch
            {
                ConstructorInfo { IsStatic: false } constructor when IsSeen(constructor) =>
                    $"{type.Name.Split('`')[0]}({Parameters(constructor)}) -> {Modifiers(constructor)}constructor",
                MethodInfo method when IsSeen(method) && !IsOverride(method) && IsWritten(method) => Method(method),
                PropertyInfo property when Accessors(property) is [var first, ..] && !IsOverride(first) && Attribute(property, nameof(CompilerGeneratedAttribute)) is null =>
                    Property(property),
                EventInfo @event when @event.AddMethod is { } add && IsSeen(add) && !IsOverride(add) =>
                    $"{@event.Name} -> {Modifiers(add)}event {TypeText.Of(@event.EventHandlerType!, @event, type)}",
                FieldInfo field when IsSeen(field) => Field(field),
                _ => null,
            };
            if (text is not null)
            {
                yield return $"{name}.{text}{Attributes(member)}";
            }
        }
    }

    private static string Kind(Type type)
    {
        string kind = type.IsEnum ? $"enum : {TypeText.Of(Enum.GetUnderlyingType(type))}"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type.GetMethod("<Clone>$") is null ? "class" : "record";
        string modifiers = !type.IsClass || kind == "delegate" ? string.Empty : (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => string.Empty,
        };
        return (type.IsNested && !type.IsNestedPublic ? "protected " : string.Empty) + modifiers
            + (kind == "struct" && Attribute(type, nameof(IsReadOnlyAttribute)) is not null ? "readonly " : string.Empty) + (type.IsByRefLike ? "ref " : string.Empty) + kind;
    }

    private static string Method(MethodInfo method)
    {
        string name = s_operators.GetValueOrDefault(method.Name, method.Name);
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : string.Empty;
        return $"{name}{generic}({Parameters(method)}) -> {Modifiers(method)}{Result(method)}{Constraints(method.GetGenericArguments())}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo[] accessors = Accessors(property);
        MethodInfo widest = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        IEnumerable<string> words = accessors.Select(accessor =>
            (widest.IsPublic && !accessor.IsPublic ? "protected " : string.Empty)
            + (
                accessor == property.GetMethod
                    ? "get;"
                    : accessor.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit")
                    ? "init;"
                    : "set;"));
        string name = property.GetIndexParameters().Length > 0 ? $"this[{Parameters(property.GetIndexParameters(), accessors[0])}]" : property.Name;
        string required = Attribute(property, "RequiredMemberAttribute") is null ? string.Empty : "required ";
        return $"{name} {{ {string.Join(' ', words)} }} -> {Modifiers(widest)}{required}{ParameterAttributes(property)}{TypeText.Of(property.PropertyType, property, property.DeclaringType!)}{KnownValue(property)}";
    }

    /// <summary>The value of a known member of an open enumeration, which is a static property of its own type.</summary>
    private static string KnownValue(PropertyInfo property) =>
        property is { DeclaringType: { IsValueType: true, ContainsGenericParameters: false } owner, GetMethod.IsStatic: true, SetMethod: null } && property.PropertyType == owner
            ? " = " + Literal(Convert.ToString(property.GetValue(null), CultureInfo.InvariantCulture), typeof(string))
            : string.Empty;

    private static string Field(FieldInfo field)
    {
        string modifiers = (field.IsPublic ? string.Empty : "protected ")
            + (field.IsLiteral ? "const " : (field.IsStatic ? "static " : string.Empty) + (field.IsInitOnly ? "readonly " : string.Empty));
        string value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : string.Empty;
        return $"{field.Name} -> {modifiers}{TypeText.Of(field.FieldType, field, field.DeclaringType!)}{value}";
    }

    private static string Result(MethodInfo method) =>
        ParameterAttributes(method.ReturnParameter) + (method.ReturnType.IsByRef ? "ref " : string.Empty) + TypeText.Of(method.ReturnType, method.ReturnParameter, method);

    private static string Parameters(MethodBase method) =>
        (Attribute(method, nameof(ExtensionAttribute)) is null ? string.Empty : "this ") + Parameters(method.GetParameters(), method);

    private static string Parameters(ParameterInfo[] parameters, MethodBase method) => string.Join(", ", parameters.Select(parameter =>
    {
        string kind = Attribute(parameter, nameof(ParamArrayAttribute)) is not null || Attribute(parameter, "ParamCollectionAttribute") is not null ? "params "
            : !parameter.ParameterType.IsByRef ? string.Empty
            : parameter.IsOut ? "out "
            : Attribute(parameter, nameof(IsReadOnlyAttribute)) is not null ? "in " : "ref ";
        string value = parameter.IsOptional ? " = " + Literal(parameter.HasDefaultValue ? parameter.DefaultValue : null, parameter.ParameterType) : string.Empty;
        return $"{ParameterAttributes(parameter)}{kind}{TypeText.Of(parameter.ParameterType, parameter, method)} {parameter.Name}{value}";
    }));

    private static string ParameterAttributes(ICustomAttributeProvider place) => string.Concat(TypeText.Attributes(place)
        .Where(attribute => s_parameterAttributes.Contains(attribute.AttributeType.Name))
        .Select(attribute => Text(attribute) + " ")
        .Order(StringComparer.Ordinal));

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Where(parameter => parameter.IsGenericParameter).Select(parameter =>
    {
        GenericParameterAttributes flags = parameter.GenericParameterAttributes;
        bool isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        bool isUnmanaged = Attribute(parameter, "IsUnmanagedAttribute") is not null;
        bool isClass = flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);
        Type[] types = [.. parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType))];
        byte nullFlag = TypeText.NullFlag(parameter);
        string?[] parts =
        [
            isUnmanaged ? "unmanaged" : isStruct ? "struct" : isClass ? nullFlag == 2 ? "class?" : "class" : nullFlag == 1 && types.Length == 0 ? "notnull" : null,
            .. types.Select(type => TypeText.Of(type)).Order(StringComparer.Ordinal),
            flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? "new()" : null,
        ];
        return parts.Any(part => part is not null) ? $" where {parameter.Name} : {string.Join(", ", parts.Where(part => part is not null))}" : string.Empty;
    }));

    private static string Variance(Type type) =>
        string.Concat(type.GetGenericArguments().Select(parameter => (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
    {
        GenericParameterAttributes.Covariant => $" out {parameter.Name}",
        GenericParameterAttributes.Contravariant => $" in {parameter.Name}",
        _ => string.Empty,
    }));

    private static string Modifiers(MethodBase method) =>
        (method.IsPublic ? string.Empty : "protected ") + (method.IsStatic ? "static " : string.Empty)
        + (
            method.IsAbstract
                ? method.DeclaringType!.IsInterface
                ? string.Empty
                : "abstract "
                : method is { IsVirtual: true, IsFinal: false } && !method.DeclaringType!.IsSealed
                ? "virtual "
                : string.Empty);

    private static string Attributes(MemberInfo member)
    {
        // The compiler forbids old compilers what they would misread with an [Obsolete] of its own.
        bool isForOldCompilers = Attribute(member, nameof(CompilerFeatureRequiredAttribute)) is not null;
        string[] texts =
        [
            .. member.CustomAttributes
                .Where(attribute => s_attributes.Contains(attribute.AttributeType.Name) && !(isForOldCompilers && attribute.AttributeType.Name == nameof(ObsoleteAttribute)))
                .Select(Text)
                .Order(StringComparer.Ordinal),
        ];
        return texts.Length > 0 ? "  " + string.Join(' ', texts) : string.Empty;
    }

    private static string Text(CustomAttributeData attribute)
    {
        IEnumerable<string> arguments = attribute.ConstructorArguments.Select(Value).Concat(
            attribute.NamedArguments.Select(argument => $"{argument.MemberName} = {Value(argument.TypedValue)}"));
        string inside = string.Join(", ", arguments);
        return $"[{attribute.AttributeType.Name[..^"Attribute".Length]}{(inside.Length > 0 ? $"({inside})" : string.Empty)}]";

        static string Value(CustomAttributeTypedArgument argument) => Literal(argument.Value, argument.ArgumentType);
    }

    private static string Literal(object? value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type.IsValueType && plain == type || type.IsGenericParameter ? "default" : "null",
            string text => $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\"",
            bool flag => flag ? "true" : "false",
            char letter => $"'{letter}'",
            _ when plain.IsEnum => string.Join(" | ", Enum.ToObject(plain, value).ToString()!.Split(", ").Select(name => $"{TypeText.Of(plain)}.{name}")),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static CustomAttributeData? Attribute(ICustomAttributeProvider place, string name) => TypeText.Attribute(place, name);

    private static MethodInfo[] Accessors(PropertyInfo property) =>
        [.. new[] { property.GetMethod, property.SetMethod }.Where(accessor => accessor is not null && IsSeen(accessor)).Cast<MethodInfo>()];

    private static bool IsOverride(MethodInfo method) => method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot) && method.GetBaseDefinition() != method;

    private static bool IsWritten(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && Attribute(method, nameof(CompilerGeneratedAttribute)) is null;

    private static bool IsSeen(MethodBase method) => method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && IsOpen(method.DeclaringType!));

    private static bool IsSeen(FieldInfo field) => !field.IsSpecialName && (field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && IsOpen(field.DeclaringType!)));

    private static bool IsOpen(Type type) => type is { IsSealed: false };

    private static bool IsProtectedNested(Type type) =>
        type is { DeclaringType: { } container } && (type.IsNestedFamily || type.IsNestedFamORAssem) && (container.IsVisible || IsProtectedNested(container)) && IsOpen(container);
}
