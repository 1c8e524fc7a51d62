namespace Retell.Tests.PublicApi;

/// <summary>
/// Writes the code that uses a member of a recorded surface as applications do: each method here gives statements that
/// compiled against the SDK that the surface was recorded of.
/// </summary>
internal sealed class CallerCode(RecordedSurface surface)
{
    /// <summary>The variables (a parameter list) and the statements that use the member; none for what only derived types can name.</summary>
    public (string Variables, IReadOnlyList<string> Statements) Of(RecordedType type, RecordedMember member)
    {
        List<string> variables = member.IsStatic || member.Kind is RecordedMemberKind.Constructor or RecordedMemberKind.EnumValue ? [] : [$"{type.Name} target"];
        string target = variables.Count == 0 ? type.Name : "target";
        List<string> statements = [];
        if (member.IsProtected || (member.Kind == RecordedMemberKind.Constructor && type.Kind.Contains("abstract", StringComparison.Ordinal)))
        {
            return (string.Empty, []);
        }

        variables.AddRange(
            member.Parameters.Where(parameter => parameter.Modifiers.Trim() != "out").Select(
                parameter => $"{(parameter.Modifiers.Trim() == "ref" ? "ref " : string.Empty)}{parameter.Type} {parameter.Name}"));
        switch (member.Kind)
        {
            case RecordedMemberKind.Constructor:
                statements.AddRange(Calls(type, member).Select(arguments => $"{{ {type.Name} result = new({arguments}); }}"));
                break;
            case RecordedMemberKind.Method:
                statements.AddRange(Calls(type, member).Select(arguments => Use(member, $"{target}.{member.Name}{member.TypeParameters}({arguments})")));
                if (member.IsExtension)
                {
                    string others = string.Join(", ", member.Parameters.Skip(1).Where(parameter => !parameter.IsOptional).Select(Argument));
                    statements.Add(Use(member, $"{member.Parameters[0].Name}.{member.Name}{member.TypeParameters}({others})"));
                }

                break;
            case RecordedMemberKind.Operator:
                string[] operands = [.. member.Parameters.Select(parameter => parameter.Name)];
                statements.Add(Use(member, member.Name switch
                {
                    "implicit operator" => operands[0],
                    "explicit operator" => $"({member.Type}){operands[0]}",
                    _ when operands.Length == 2 => $"{operands[0]} {member.Name["operator ".Length..]} {operands[1]}",
                    _ => $"{member.Name["operator ".Length..]}{operands[0]}",
                }));
                break;
            case RecordedMemberKind.Indexer:
                string place = $"target[{string.Join(", ", member.Parameters.Select(Argument))}]";
                statements.AddRange(Accesses(member, place));
                variables.Add($"{member.TypeSet} value");
                break;
            case RecordedMemberKind.Property:
                statements.AddRange(Accesses(member, $"{target}.{member.Name}"));
                variables.Add($"{member.TypeSet} value");
                if (!member.IsStatic && type.CanBeCreated)
                {
                    statements.AddRange(Initializers(member).Select(value => $"{{ {type.Name} result = new() {{ {member.Name} = {value} }}; }}"));
                }

                break;
            case RecordedMemberKind.Event:
                statements.Add($"{target}.{member.Name} += value;");
                variables.Add($"{member.Type} value");
                break;
            case RecordedMemberKind.Field:
                statements.Add($"{{ {(member.Modifiers.Contains("const ", StringComparison.Ordinal) ? "const " : string.Empty)}{member.Type} result = {target}.{member.Name}; }}");
                break;
            case RecordedMemberKind.EnumValue:
                statements.Add($"{{ const {type.Name} result = {type.Name}.{member.Name}; }}");
                break;
        }

        return (string.Join(", ", variables), [.. statements.Distinct()]);
    }

    /// <summary>The conversions to the base types, an object with all that can be set, and a <c>switch</c> over the variants of a union.</summary>
    public (string Variables, IReadOnlyList<string> Statements) Of(RecordedType type)
    {
        if (type.IsStatic || type.Kind.StartsWith("protected", StringComparison.Ordinal))
        {
            return (string.Empty, []);
        }

        List<string> variables = [$"{type.Name} target"];
        List<string> statements = [.. type.Bases.Select(parent => $"{{ {parent} result = target; }}")];
        RecordedMember[] settable = [.. type.Members.Where(member => member is { Kind: RecordedMemberKind.Property, IsStatic: false } && IsSettable(member))];
        if (settable.Length > 0 && type.Members.Any(member => member is { Kind: RecordedMemberKind.Constructor, IsProtected: false, Parameters.Count: 0 }))
        {
            variables.AddRange(settable.Select((member, index) => $"{member.TypeSet} value{index}"));
            statements.Add($"{{ {type.Name} result = new() {{ {string.Join(", ", settable.Select((member, index) => $"{member.Name} = value{index}"))} }}; }}");
            statements.Add($"{{ bool result = target is {{ {string.Join(", ", settable.Select((member, index) => $"{member.Name}: var read{index}"))} }}; }}");
        }

        // The most derived first: a base in front of them would take them all.
        RecordedType[] variants = type.IsInterface
            ? [.. surface.Types.Where(other => !other.IsInterface && other.TypeParameters.Length == 0 && other.Bases.Contains(type.Name)).OrderByDescending(other => other.Bases.Count)]
            : [];
        if (variants.Length > 0)
        {
            statements.Add($"{{ object result = target switch {{ {string.Concat(variants.Select((variant, index) => $"{variant.Name} variant{index} => variant{index}, "))}_ => target }}; }}");
        }

        return (string.Join(", ", variables), statements);
    }

    private static string Use(RecordedMember member, string expression) => member.Type == "void" ? $"{expression};" : $"{{ {member.TypeRead} result = {expression}; }}";

    private static IEnumerable<string> Accesses(RecordedMember member, string place)
    {
        if (member.Accessors.Split(' ').Contains("get;") && !member.Accessors.Contains("protected get;", StringComparison.Ordinal))
        {
            yield return $"{{ {member.TypeRead} result = {place}; }}";
        }

        if (IsSettable(member) && member.Accessors.Contains("set;", StringComparison.Ordinal))
        {
            yield return $"{place} = value;";
        }
    }

    private static bool IsSettable(RecordedMember member) =>
        (member.Accessors.Contains("set;", StringComparison.Ordinal) || member.Accessors.Contains("init;", StringComparison.Ordinal))
        && !member.Accessors.Contains("protected set;", StringComparison.Ordinal) && !member.Accessors.Contains("protected init;", StringComparison.Ordinal);

    private static string Argument(RecordedParameter parameter) => parameter.Modifiers.Trim() switch
    {
        "out" => "out _",
        "ref" => "ref " + parameter.Name,
        _ => parameter.Name,
    };

    /// <summary>What an object initializer may hold after the equals sign, beside a variable of the type.</summary>
    private IEnumerable<string> Initializers(RecordedMember member)
    {
        if (IsSettable(member))
        {
            if (Literal(member.TypeSet) is { } literal)
            {
                yield return literal;
            }

            if (member.TypeSet.EndsWith('?'))
            {
                yield return "null";
            }
        }

        // Without a setter, and where null is no value, elements are added to the collection that is there.
        bool isReadOnly = member.Type.StartsWith("IReadOnly", StringComparison.Ordinal);
        if (!isReadOnly && !member.TypeRead.EndsWith('?') && Collection(member.Type) is { } element)
        {
            yield return member.Type.StartsWith("IDictionary<", StringComparison.Ordinal) ? $"{{ [\"key\"] = default({element})! }}" : $"{{ default({element})! }}";
        }
    }

    /// <summary>The arguments of the calls that applications write.</summary>
    private IEnumerable<string> Calls(RecordedType type, RecordedMember member)
    {
        RecordedParameter[] all = [.. member.Parameters];
        RecordedParameter[] required = [.. all.Where(parameter => !parameter.IsOptional)];
        RecordedParameter[] optional = all[required.Length..];
        RecordedMember[] overloads = [.. type.Members.Where(other => other.Kind == member.Kind && other.Name == member.Name && other.TypeParameters == member.TypeParameters && other != member)];
        string[] variables = [.. required.Select(Argument)];
        string[] literals = [.. required.Select(parameter => parameter.Modifiers.Length == 0 && Literal(parameter.Type) is { } literal ? literal : Argument(parameter))];
        string[] named = [.. all.Select(parameter => $"{parameter.Name}: {Argument(parameter)}")];

        List<string[]> calls = [variables, literals, [.. all.Select(Argument)]];
        if (!all.Any(parameter => parameter.Modifiers.Contains("params", StringComparison.Ordinal)))
        {
            calls.Add(named);
            calls.Add([.. named.Reverse()]);
        }

        for (int i = 0; i < optional.Length; i++)
        {
            calls.Add([.. variables, $"{optional[i].Name}: {optional[i].Name}"]);
            if (optional[i].Type.EndsWith('?') || optional[i].Type == "CancellationToken")
            {
                string none = optional[i].Type.EndsWith('?') ? "null" : "default";
                calls.Add([.. variables, $"{optional[i].Name}: {none}"]);
                calls.Add([.. variables, .. optional[..i].Select(parameter => parameter.Name), none]);
            }

            if (Literal(optional[i].Type) is { } literal)
            {
                calls.Add([.. variables, $"{optional[i].Name}: {literal}"]);
                calls.Add([.. literals, .. optional[..i].Select(parameter => parameter.Name), literal]);
            }
        }

        return calls.Where(arguments => !overloads.Any(other => AlsoTakes(other, arguments, all))).Select(arguments => string.Join(", ", arguments));
    }

    /// <summary>Whether another overload of the same surface may take these arguments as well, so that nobody can have written the call.</summary>
    private bool AlsoTakes(RecordedMember other, string[] arguments, RecordedParameter[] parameters)
    {
        if (arguments.Length > other.Parameters.Count || arguments.Length < other.Parameters.Count(parameter => !parameter.IsOptional))
        {
            return false;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            string[] parts = arguments[i].Split(": ", 2);
            RecordedParameter? taken = parts.Length == 1 ? other.Parameters[i] : other.Parameters.FirstOrDefault(parameter => parameter.Name == parts[0]);
            RecordedParameter own = parts.Length == 1 ? parameters[i] : parameters.Single(parameter => parameter.Name == parts[0]);
            if (taken is null || !Converts(parts[^1], own.Type, taken.Type))
            {
                return false;
            }
        }

        return true;
    }

    private bool Converts(string argument, string own, string other) => own.TrimEnd('?') == other.TrimEnd('?') || argument switch
    {
        "null" => other.EndsWith('?') || (Find(other) is not { IsStruct: true } && !IsSimple(other)),
        "default" or "new()" => true,
        _ when argument.Contains("=>", StringComparison.Ordinal) => other.StartsWith("Action<", StringComparison.Ordinal) || other.StartsWith("Func<", StringComparison.Ordinal),
        "[]" => Collection(other.TrimEnd('?')) is not null,
        "\"text\"" => other.TrimEnd('?') is "string" or "object" || Find(other) is { ConvertsFromString: true },
        "1" => other.TrimEnd('?') is "int" or "long" or "double" or "object",
        _ => false,
    };

    /// <summary>An expression of the kind that a person writes in place, which has no type of its own or another one; null when a variable is as usual.</summary>
    private string? Literal(string type) => type.TrimEnd('?') switch
    {
        "string" => "\"text\"",
        "int" or "long" or "double" => "1",
        "bool" => "true",
        var plain when plain.StartsWith("Action<", StringComparison.Ordinal) && !plain.Contains(", ", StringComparison.Ordinal) => "value => { }",
        var plain when Collection(plain) is not null && !plain.StartsWith("IDictionary<", StringComparison.Ordinal) => "[]",
        var plain => Find(plain) switch
        {
            { ConvertsFromString: true } => "\"text\"",
            { CanBeCreated: true } => "new()",
            _ => null,
        },
    };

    private RecordedType? Find(string type) => surface.Find(type);

    private static bool IsSimple(string type) => type.TrimEnd('?') is "string" or "int" or "long" or "double" or "bool" or "TimeSpan" or "DateTimeOffset" or "CancellationToken";

    /// <summary>What a collection holds.</summary>
    private static string? Collection(string type)
    {
        string[] kinds = ["IList<", "List<", "ICollection<", "IEnumerable<", "IReadOnlyList<", "IReadOnlyCollection<", "IDictionary<string, "];
        return kinds.FirstOrDefault(kind => type.StartsWith(kind, StringComparison.Ordinal)) is { } start ? type[start.Length..^1] : null;
    }
}
