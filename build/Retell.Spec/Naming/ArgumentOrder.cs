using Retell.Spec.Model;

namespace Retell.Spec.Naming;

/// <summary>
/// Puts the arguments of each operation into the order that callers know: what is recorded comes first, what is new after
/// it, so that code that passes arguments by position still compiles.
/// </summary>
internal static class ArgumentOrder
{
    /// <summary>What every method has beside the parameters of its operation.</summary>
    private static readonly string[] s_taken = ["body", "options", "cancellationToken"];

    public static void Run(ApiModel model, NameLock names)
    {
        foreach (ApiOperation operation in model.Operations)
        {
            bool isKnown = names.HasArguments && names.Lineage(operation.Key).Any(key => names.FindOperation(key) is not null);
            operation.Arguments.AddRange(Of(operation, Recorded(operation, names), isKnown));
        }
    }

    private static List<Argument> Recorded(ApiOperation operation, NameLock names)
    {
        List<Argument> recorded = [.. names.Arguments(operation.Key)];
        if (recorded.Count > 0 || names.FindFormer(operation.Key) is not string former)
        {
            return recorded;
        }

        // A path that moved may call its parameters otherwise: they keep their places and their names in C#.
        Queue<string> path = new(
            operation.Parameters.Where(p => p.In == "path").OrderBy(p => operation.Path.IndexOf($"{{{p.Name}}}", StringComparison.Ordinal)).Select(p => p.Name));
        recorded = [.. names.Arguments(former)];
        int count = recorded.Count(argument => argument.In == "path");
        return count == path.Count ? [.. recorded.Select(argument => argument.In == "path" ? argument with { Json = path.Dequeue() } : argument)] : recorded;
    }

    private static IEnumerable<Argument> Of(ApiOperation operation, List<Argument> recorded, bool isKnown)
    {
        List<Argument> open = [.. Natural(operation)];
        List<Argument> ordered = [];
        foreach (Argument known in recorded)
        {
            // A parameter that only moved, from the query to a header, is the same argument.
            Argument? now = open.Find(argument => argument.Id == known.Id)
                ?? (known.IsBody
                        ? null
                        : open.FindAll(argument => argument.Json == known.Json && recorded.TrueForAll(other => other.Id != argument.Id)) is [Argument moved]
                        ? moved
                        : null);
            if (now is not null)
            {
                open.Remove(now);
                ordered.Add(now with { Name = known.Name, IsOptional = known.IsOptional });
            }
        }

        ordered.AddRange(open.Select(argument => isKnown ? argument with { IsOptional = true } : argument));
        return Named(ordered);
    }

    /// <summary>What is required, the body, what is optional.</summary>
    private static IEnumerable<Argument> Natural(ApiOperation operation)
    {
        IEnumerable<Argument> all = operation.Parameters
            .OrderBy(p => p.In != "path")
            .Select(p => new Argument(p.In, p.Name, Argument.DefaultName(p.Name), !p.IsRequired) { Parameter = p });
        if (operation.Body is not null)
        {
            all = all.Append(new Argument(Argument.Body, string.Empty, Argument.Body, !operation.IsBodyRequired));
        }

        return all.OrderBy(argument => argument.IsOptional);
    }

    /// <summary>Arguments of one name are told apart by where they go; the first keeps the plain name.</summary>
    private static IEnumerable<Argument> Named(List<Argument> arguments)
    {
        HashSet<string> used = [.. s_taken];
        foreach (Argument argument in arguments)
        {
            if (argument.IsBody)
            {
                yield return argument;
                continue;
            }

            string[] candidates = [argument.Name, s_taken.Contains(argument.Name) ? argument.Name + "Value" : argument.Name + CSharpName.Pascal(argument.In)];
            string name = candidates.FirstOrDefault(used.Add) ?? Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{candidates[1]}{number}").First(used.Add);
            yield return argument with { Name = name };
        }
    }
}
