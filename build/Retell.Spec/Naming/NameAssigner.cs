using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Model;

namespace Retell.Spec.Naming;

/// <summary>
/// Gives every definition its C# name. Names depend on where a schema stands, never on the order of visiting; a place
/// that is in the lock keeps its name.
/// </summary>
internal sealed class NameAssigner(JObject document, ApiModel model, NameLock names, NormalizeInput input, List<string> notes)
{
    /// <summary>Words that say too little on their own, or that every C# file already knows by another meaning.</summary>
    private static readonly HashSet<string> s_tooGeneral = new(StringComparer.Ordinal)
    {
        "Type", "Value", "Name", "Status", "Data", "Item", "Mode", "Detail", "Result", "Kind", "Op", "Role", "Field", "Source",
        "Target", "Unit", "Content", "Action", "Event", "Range", "Version", "Object", "String", "Task", "Key", "Arg", "Args", "Parameter",
        "Property", "Format", "Scope", "Config", "Setting", "Settings", "Option", "Options", "Filter", "Metric", "Message", "Group", "Path", "File",
        "Stream", "Timer", "Method", "Provider", "State", "Reason", "Category", "Level", "Order", "Sort", "Alert", "Analysis",
        "Condition", "Instruction", "Header", "Tag", "Url", "Email", "Number", "Boolean", "Enum", "List", "Map", "Exception", "Attribute",
        "Uri", "Guid", "Index", "Process", "Thread", "Buffer", "Random", "Math", "Console", "Convert", "Environment", "Lazy", "Tuple",
        "Properties", "Parameters", "Details", "Items", "Values", "Fields", "Headers", "Cost", "Operator", "Frequency", "Direction", "Model", "Size", "Window", "Word",
        "Latency", "Passed", "Calibrated", "Channel",
    };

    /// <summary>Types that the generated code, or every C# file, means something else by.</summary>
    private static readonly HashSet<string> s_taken = new(StringComparer.Ordinal)
    {
        "Task", "CancellationToken", "List", "Dictionary", "Convert", "StringComparer", "Exception", "ArgumentNullException", "InvalidOperationException",
        "Action", "Attribute", "Object", "String", "Type", "JToken", "JObject", "JArray", "JsonToken", "JsonConverter", "JsonCodec", "JsonShape", "JsonMember",
        "Codec", "MemberRule", "OneOfCase", "OneOfCodec", "OpenEnumCodec", "ValueConverter", "RetellObject", "RetellFile", "UnknownVariant", "RequestOptions",
        "ApiOperation", "ApiRequest", "ApiSettings", "ParameterStyle", "RetellStream", "SseItem", "Page", "Pager", "Stream", "Func", "IAsyncEnumerable", "Obsolete",
        "OpenApiSchema", "OpenApiOperation",
        "TimeSpan", "DateTimeOffset", "TimeProvider", "Milliseconds", "StringComparison", "Enumerable", "KeyValuePair", "ArgumentException", "NotSupportedException", "ICollection",
        "IList", "IDictionary", "IEnumerable", "IEnumerator", "IEquatable", "IReadOnlyList", "IReadOnlyCollection", "RetellClient", "RetellResource", "RetellRaw",
        "RetellJson", "RetellException",
        "Nullable", "CollectionBuilder", "ReadOnlySpan", "EditorBrowsable", "UnknownVariants", "IApiInvoker", "System", "Retell", "Newtonsoft",
    };

    /// <summary>Members that every class of the API inherits, and names that its code needs.</summary>
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "AdditionalProperties", "Shape", "ToString", "Equals", "GetType", "GetHashCode", "MemberwiseClone", "Assign", "Finalize", "IsNull", "MarkNull",
        "ReferenceEquals", "Codec", "MemberRule",
    };

    private readonly Dictionary<string, Definition> _taken = new(StringComparer.Ordinal);

    public void Run()
    {
        List<Definition> all = [.. model.Definitions.Values.OrderBy(d => d.Place, StringComparer.Ordinal)];
        foreach (Definition known in all.Where(d => names.Find(d.Place) is not null).OrderBy(d => d.SpecName is null))
        {
            Take(known, names.Find(known.Place)!);
        }

        foreach (Definition component in all.Where(d => d.Name is null && d.SpecName is not null))
        {
            string name = CSharpName.Pascal(component.SpecName!);
            name = component.WantedName ?? (s_taken.Contains(name) ? "Api" + name : name);

            // A new component may be called what integrators know an inline schema by.
            bool isKnown = component.WantedName is null && _taken.TryGetValue(Interface(component, name), out Definition? holder) && holder.SpecName is null;
            Take(component, Interface(component, isKnown ? name + "Schema" : name));
        }

        List<Definition> inline = [.. all.Where(d => d.SpecName is null)];
        foreach (Definition definition in inline.Where(d => d.Name is null && d.WantedName is not null))
        {
            Take(definition, Interface(definition, definition.WantedName!));
        }

        string[] retired = [.. model.Operations.Where(o => o.IsRetained).Select(o => Documents.SpecPlace.OfOperation(o.Path, o.HttpMethod.ToLowerInvariant()) + "/")];
        foreach (
            Definition definition in inline.Where(d => d.Name is null && d.HintIsName).OrderBy(d => retired.Any(r => d.Place.StartsWith(r, StringComparison.Ordinal))).ToList())
        {
            TakeFirstFree(
                definition,
                (
                    (string[])
                    [
                        definition.Hint,
                        definition.Hint.Replace("Request", "Body", StringComparison.Ordinal).Replace("Response", "Result", StringComparison.Ordinal),
                    ]).Select(name =>
                        Interface(definition, name)));
        }

        NameAfterVariants([.. inline.Where(d => d.Name is null)]);
        NameAfterProperty([.. inline.Where(d => d.Name is null)]);
        foreach (Definition definition in inline)
        {
            NameAfterOwner(definition);
        }

        NameProperties();
    }

    private static string Interface(Definition definition, string name) => definition is UnionDefinition ? "I" + name : name;

    /// <summary>The same choice of named types under several property names is called after those types.</summary>
    private void NameAfterVariants(List<Definition> unnamed)
    {
        foreach (IGrouping<string, Definition> group in unnamed.Where(d => VariantNames(d) is not null).GroupBy(d => d.Fingerprint).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            List<Definition> members = [.. group];
            string name = Interface(members[0], CSharpName.Join([.. VariantNames(members[0])!.Order(StringComparer.Ordinal)]));
            bool isKnown = _taken.TryGetValue(name, out Definition? holder) && holder.Fingerprint == group.Key;
            if (isKnown || (holder is null && members.Select(m => m.Hint).Distinct(StringComparer.Ordinal).Count() > 1))
            {
                members.ForEach(member => Take(member, name));
            }
        }
    }

    private static List<string>? VariantNames(Definition definition)
    {
        IEnumerable<string?> names = definition switch
        {
            UnionDefinition { Added.Count: 0 } union => union.Variants.Select(v => v.SpecName is null ? null : v.Name),
            ChoiceDefinition choice =>
                choice.Cases.Select(c => c.Definition is null ? c.Item is null ? c.Kind.ToString() : null : c.Definition.SpecName is null ? null : c.Definition.Name),
            _ => [null],
        };
        List<string> all = [.. names.OfType<string>()];
        return all.Count is 2 or 3 && all.Count == names.Count() ? all : null;
    }

    /// <summary>Inline schemas of one property name share that name when they are all equal.</summary>
    private void NameAfterProperty(List<Definition> unnamed)
    {
        foreach (IGrouping<string, Definition> group in unnamed.GroupBy(d => Interface(d, CSharpName.Pascal(d.Hint))).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            List<Definition> members = [.. group];
            if (_taken.TryGetValue(group.Key, out Definition? holder) && holder.SpecName is null)
            {
                // A type of that name is there already: the equal ones join it.
                foreach (Definition equal in members.Where(m => m.Fingerprint == holder.Fingerprint))
                {
                    Take(equal, group.Key);
                }

                continue;
            }

            bool general = members[0].Owner is UnionDefinition or ChoiceDefinition
                || s_taken.Contains(group.Key)
                || s_tooGeneral.Contains(CSharpName.Pascal(members[0].Hint))
                || s_tooGeneral.Contains(CSharpName.Singular(CSharpName.Pascal(members[0].Hint)));
            if (holder is null && !general && Widest(members) is Definition widest)
            {
                Take(widest, group.Key);
                members.Where(member => member != widest).ToList().ForEach(member => Take(member, group.Key));
            }
        }
    }

    /// <summary>The one that all others equal. Enumerations are open, so one that has all the values serves for those with fewer.</summary>
    private static Definition? Widest(List<Definition> members) => members.Find(candidate => members.TrueForAll(member =>
        member.Fingerprint == candidate.Fingerprint
        || (candidate is EnumDefinition wide && member is EnumDefinition narrow && narrow.Values.All(wide.Values.Contains))));

    private void NameAfterOwner(Definition definition)
    {
        if (definition.Name is not null)
        {
            return;
        }

        Definition owner = definition.Owner
            ?? throw new SpecError(input.Spec, definition.Place, "This inline schema stands in nothing that has a name.", "Name it in the overlay with x-csharp-name.");
        NameAfterOwner(owner);
        string prefix = Bare(owner);
        string hint = CSharpName.Pascal(definition.Hint);

        // A path segment twice in a row reads badly: CallFilter + CallStatus stays, Transfer + TransferMode folds.
        List<string> candidates = [Interface(definition, prefix + hint)];
        for (Definition? outer = owner.Owner; outer is not null; outer = outer.Owner)
        {
            NameAfterOwner(outer);
            candidates.Add(Interface(definition, Bare(outer) + CSharpName.Pascal(owner.Hint) + hint));
        }

        candidates.Add(Interface(definition, prefix + hint + Kind(definition)));
        TakeFirstFree(definition, candidates);
    }

    private static string Kind(Definition definition) => definition switch
    {
        EnumDefinition => "Kind",
        ObjectDefinition => "Details",
        _ => "Choice",
    };

    private static string Bare(Definition owner) => owner is UnionDefinition && owner.TypeName is ['I', >= 'A' and <= 'Z', ..] ? owner.TypeName[1..] : owner.TypeName;

    private void TakeFirstFree(Definition definition, IEnumerable<string> candidates)
    {
        List<string> all = [.. candidates];
        string? free = all.Find(name => IsFree(definition, name));
        Take(definition, free ?? all[0], mayMerge: false);
    }

    private bool IsFree(Definition definition, string name) =>
        !s_taken.Contains(name)
            && (!_taken.TryGetValue(name, out Definition? holder) || (holder.SpecName is null && definition.SpecName is null && holder.Fingerprint == definition.Fingerprint));

    /// <summary>A name for what wants one that another type has: that of its owner goes before it, and what it is after it.</summary>
    private void TellApart(Definition definition, Definition holder, string name)
    {
        string bare = definition is UnionDefinition && name is ['I', >= 'A' and <= 'Z', ..] ? name[1..] : name;
        List<string> candidates = [];
        for (Definition? owner = definition.Owner; owner is not null; owner = owner.Owner)
        {
            // Recorded names are given before their owners have one.
            string? prefix = owner.Name is not null
                ? Bare(owner)
                : names.Find(owner.Place) ?? owner.WantedName ?? (owner.SpecName is null ? null : CSharpName.Pascal(owner.SpecName));
            if (prefix is not null && !bare.StartsWith(prefix, StringComparison.Ordinal))
            {
                candidates.Add(prefix + bare);
            }
        }

        candidates.Add(bare + (definition.SpecName is not null ? "Schema" : Kind(definition)));
        candidates.AddRange(Enumerable.Range(2, 1000).Select(number => bare + number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        string other = candidates.Select(candidate => Interface(definition, candidate)).First(candidate => IsFree(definition, candidate));
        string path = SpecPlace.Find(document, definition.Place) is JObject schema ? "$." + schema.Path : "…";
        model.Remarks.Add($"{definition.Place} is named {other}, because {holder.Place} is named {name}. "
            + $"To choose another name before it is released, add to {input.Overlay ?? "the overlay"}: {{ target: \"{path}\", description: A name., update: "
                + $"{{ x-csharp-name: {other} }} }}");
        Take(definition, other, mayMerge: false);
    }

    private void Take(Definition definition, string name, bool mayMerge = true)
    {
        if (_taken.TryGetValue(name, out Definition? holder))
        {
            // A recorded name is kept even where its places have drifted apart.
            bool isOne = definition.SpecName is null && holder.SpecName is null
                ? holder.Fingerprint == definition.Fingerprint || (mayMerge && Merge(holder, definition))
                : IsGiven(definition, name) && holder is EnumDefinition && Merge(holder, definition);
            if (!isOne)
            {
                TellApart(definition, holder, name);
                return;
            }

            definition.Canonical = holder;
            holder.Description = holder.Hint == definition.Hint ? holder.Description ?? definition.Description : null;
        }
        else
        {
            _taken[name] = definition;
        }

        if (definition.WantedName is string wanted && Interface(definition, wanted) != name)
        {
            notes.Add($"{names.File}: {definition.Place} stays {name}; the overlay asks for {wanted}. Edit the line to rename it.");
        }

        definition.Name = name;
    }

    /// <summary>Whether the lock or the overlay gives the name: components share one only where a person decided so.</summary>
    private bool IsGiven(Definition definition, string name) => names.Find(definition.Place) == name || definition.WantedName == name;

    /// <summary>Two places that once were equal and share a recorded name may drift apart: enumerations hold the values of both.</summary>
    private static bool Merge(Definition holder, Definition definition)
    {
        if (holder is EnumDefinition values && definition is EnumDefinition more)
        {
            values.Add(more.Values);
            return true;
        }

        if (holder is ObjectDefinition target && definition is ObjectDefinition source)
        {
            foreach (Property property in source.Properties)
            {
                Property? own = target.Properties.Find(p => p.JsonName == property.JsonName);
                if (own is null)
                {
                    property.IsRequired = property.WasRequired = false;
                    target.Properties.Add(property);
                }
                else if ((own.Type.Fingerprint, own.Constant) != (property.Type.Fingerprint, property.Constant))
                {
                    return false;
                }
                else
                {
                    own.WasRequired = own.IsAlwaysThere && property.IsAlwaysThere;
                    own.IsRequired &= property.IsRequired;
                }
            }

            target.Properties.Where(p => source.Properties.All(o => o.JsonName != p.JsonName)).ToList().ForEach(p => p.IsRequired = p.WasRequired = false);
            return true;
        }

        return false;
    }

    private void NameProperties()
    {
        foreach (ObjectDefinition definition in model.Definitions.Values.OfType<ObjectDefinition>().Where(d => ReferenceEquals(d.Canonical, d)))
        {
            var used = new HashSet<string>(StringComparer.Ordinal) { definition.Name! };

            // org_name and orgName may stand side by side: the API's own style gets the plain name.
            foreach (Property property in definition.Properties.OrderBy(p => CSharpName.Snake(p.JsonName) != p.JsonName).ThenBy(p => p.JsonName.Any(char.IsAsciiLetterUpper)))
            {
                string name = CSharpName.Pascal(property.JsonName);
                string last = CSharpName.LastWord(property.JsonName);
                if (name == definition.Name && last != name && definition.Properties.TrueForAll(p => CSharpName.Pascal(p.JsonName) != last))
                {
                    // A class has no member of its own name: PhoneNumber.Number.
                    name = last;
                }
                else if (name == definition.Name || s_reserved.Contains(name))
                {
                    name += "Value";
                }

                if (used.Contains(name) && property.JsonName.Any(char.IsAsciiLetterUpper))
                {
                    name += "CamelCase";
                }

                string free = name;
                for (int number = 2; !used.Add(free); number++)
                {
                    free = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
                }

                if (free != name)
                {
                    model.Remarks.Add($"{definition.Place}/properties/{property.JsonName} is named {free}, because another property of {definition.Name} is named {name}.");
                }

                property.CSharpName = free;
            }
        }
    }
}
