using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Retell.Tests.Support;

namespace Retell.Tests.PublicApi;

/// <summary>A message that an exception can carry, with the texts that are inserted into it. Inserted values are written as <c>{name}</c>.</summary>
internal sealed record ExceptionMessage(string File, string Text, IReadOnlyList<string> Insertions);

/// <summary>Finds the messages of exceptions in source code, by following the texts that reach a constructor of an exception or a failed validation.</summary>
internal sealed class MessageCollector
{
    private const int DeepestInsertion = 3;
    private const int DeepestCall = 3;

    private static readonly string[] s_usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private readonly Dictionary<IParameterSymbol, List<IOperation>> _arguments = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _values = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _results = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> _messages = [];

    private MessageCollector(IEnumerable<string> folders)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: ["NET"]);
        SyntaxTree[] trees =
        [
            CSharpSyntaxTree.ParseText(string.Concat(s_usings.Select(name => $"global using global::{name};\n")), options),
            .. folders.SelectMany(Files).Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf(file)), options, file)),
        ];
        var library = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Retell", trees, References(), library);
        foreach (SyntaxTree tree in trees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                Visit(node, model);
            }
        }
    }

    /// <summary>Returns the messages, sorted by file and text.</summary>
    public static IReadOnlyList<ExceptionMessage> Collect(IEnumerable<string> folders)
    {
        var collector = new MessageCollector(folders);
        return
        [
            .. collector._messages
                .SelectMany(message => collector.Texts(message, null))
                .Select(text => new ExceptionMessage(
                    text.Operation.Syntax.SyntaxTree.FilePath, Describe(text), [.. collector.Insertions(text, 0).Distinct().Order(StringComparer.Ordinal)]))
                .Where(message => IsPhrase(message.Text) || message.Insertions.Count > 0)
                .DistinctBy(message => (message.File, message.Text, string.Join('\n', message.Insertions)))
                .OrderBy(message => message.File, StringComparer.Ordinal)
                .ThenBy(message => message.Text, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Files(string folder) => !Directory.Exists(Repository.PathOf(folder)) ? [] :
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>The generated code comes from the built assemblies.</summary>
    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(file => Path.GetFileNameWithoutExtension(file) is not ("Retell.Testing" or "Retell.Cli" or "Retell.AI" or "Retell.AspNetCore" or "Retell.Tests"))
        .Select(file => MetadataReference.CreateFromFile(file));

    private static bool IsPhrase(string text) => text.Contains(' ', StringComparison.Ordinal) && text.Any(char.IsLetter);

    private static bool IsException(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.Name == nameof(Exception) && type.ContainingNamespace.ToString() == nameof(System))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMessage(IArgumentOperation argument) =>
        argument.Parameter is { Type.SpecialType: SpecialType.System_String, ContainingSymbol: IMethodSymbol method } parameter
        && ((method.MethodKind == MethodKind.Constructor && parameter.Name == "message" && IsException(method.ContainingType))
            || (method.Name == "Fail" && method.ContainingType.Name == "ValidateOptionsResult")
            || method.Name == "AddError");

    private static void Add<TKey>(Dictionary<TKey, List<IOperation>> map, TKey key, IOperation? value)
        where TKey : notnull
    {
        if (value is not null)
        {
            (map.TryGetValue(key, out List<IOperation>? known) ? known : map[key] = []).Add(value);
        }
    }

    private void Visit(SyntaxNode node, SemanticModel model)
    {
        switch (node)
        {
            case ArgumentSyntax or AttributeArgumentSyntax when model.GetOperation(node) is IArgumentOperation { Parameter: IParameterSymbol parameter } argument:
                Add(_arguments, parameter.OriginalDefinition, argument.Value);
                if (IsMessage(argument))
                {
                    _messages.Add(argument.Value);
                }

                break;
            case VariableDeclaratorSyntax { Initializer.Value: ExpressionSyntax value } declared when model.GetDeclaredSymbol(declared) is ISymbol symbol:
                Add(_values, symbol, model.GetOperation(value));
                break;
            case AssignmentExpressionSyntax assignment when model.GetSymbolInfo(assignment.Left).Symbol is ISymbol symbol:
                Add(_values, symbol, model.GetOperation(assignment.Right));
                break;
            case IsPatternExpressionSyntax { Pattern: PatternSyntax pattern, Expression: ExpressionSyntax value }
                when Designation(pattern) is SyntaxNode designation && model.GetDeclaredSymbol(designation) is ISymbol symbol:
                Add(_values, symbol, model.GetOperation(value));
                break;
            case ArrowExpressionClauseSyntax { Expression: ExpressionSyntax value, Parent: SyntaxNode owner }:
                AddResult(owner is AccessorDeclarationSyntax { Parent.Parent: SyntaxNode property } ? property : owner, value, model);
                break;
            case ReturnStatementSyntax { Expression: ExpressionSyntax value } when value.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is null:
                AddResult(value.Ancestors().First(ancestor => ancestor is LocalFunctionStatementSyntax or MemberDeclarationSyntax), value, model);
                break;
        }
    }

    private static SingleVariableDesignationSyntax? Designation(PatternSyntax pattern) => pattern switch
    {
        DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax name } => name,
        RecursivePatternSyntax { Designation: SingleVariableDesignationSyntax name } => name,
        _ => null,
    };

    private void AddResult(SyntaxNode owner, ExpressionSyntax value, SemanticModel model)
    {
        if (model.GetDeclaredSymbol(owner) is ISymbol symbol)
        {
            Add(_results, symbol, model.GetOperation(value));
            if (symbol is IPropertySymbol { Name: nameof(Exception.Message), IsOverride: true }
                && IsException(symbol.ContainingType) && model.GetOperation(value) is IOperation message)
            {
                _messages.Add(message);
            }
        }
    }

    /// <summary>Returns the texts that an expression can have: its literals, and what is put together from them.</summary>
    private List<Text> Texts(IOperation operation, Call? call)
    {
        var texts = new List<Text>();
        Follow(operation, call, texts, []);
        return texts;
    }

    private void Follow(IOperation? operation, Call? call, List<Text> texts, HashSet<(IOperation Operation, Call? Call)> followed)
    {
        if (operation is null or { Type: not null and not { SpecialType: SpecialType.System_String } and not { Name: nameof(FormattableString) } }
            || !followed.Add((operation, call)))
        {
            return;
        }

        IEnumerable<(IOperation? Source, Call? Call)> sources = operation switch
        {
            IConversionOperation conversion => [(conversion.Operand, call)],
            IParenthesizedOperation inner => [(inner.Operand, call)],
            IConditionalOperation condition => [(condition.WhenTrue, call), (condition.WhenFalse, call)],
            ICoalesceOperation coalesce => [(coalesce.Value, call), (coalesce.WhenNull, call)],
            ISwitchExpressionOperation choice => choice.Arms.Select(arm => ((IOperation?)arm.Value, call)),
            ILocalReferenceOperation local => From(local.Local, _values, call),
            IFieldReferenceOperation { Field: { ContainingType.IsTupleType: true } element, Instance: IOperation tuple } =>
                Elements(tuple, element.ContainingType.TupleElements.IndexOf(element, 0, SymbolEqualityComparer.Default)).Select(value => ((IOperation?)value, (Call?)null)),
            IFieldReferenceOperation field => From(field.Field, _values, null),
            IPropertyReferenceOperation property => [.. From(property.Property, _values, null), .. From(property.Property, _results, null)],
            IParameterReferenceOperation parameter => FromParameter(parameter.Parameter, call),
            IInvocationOperation { TargetMethod.Name: "Invariant" or "Format" } format => [(format.Arguments[0].Value, call)],
            IInvocationOperation invocation when Depth(call) < DeepestCall => From(invocation.TargetMethod, _results, new Call(invocation, call)),
            _ => [],
        };
        if (operation is ILiteralOperation { ConstantValue.Value: not null } or IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add })
        {
            texts.Add(new Text(operation, call));
        }

        foreach ((IOperation? source, Call? context) in sources)
        {
            Follow(source, context, texts, followed);
        }
    }

    /// <summary>Returns the values that an element of a tuple can have.</summary>
    private IEnumerable<IOperation> Elements(IOperation? tuple, int index, int depth = 0) => tuple switch
    {
        ITupleOperation values => [values.Elements[index]],
        IConversionOperation conversion => Elements(conversion.Operand, index, depth),
        IConditionalOperation condition => Elements(condition.WhenTrue, index, depth).Concat(Elements(condition.WhenFalse, index, depth)),
        IParameterReferenceOperation { Parameter: var parameter } when depth < DeepestCall && _arguments.TryGetValue(parameter.OriginalDefinition, out List<IOperation>? values) =>
            values.SelectMany(value => Elements(value, index, depth + 1)),
        IInvocationOperation call when depth < DeepestCall && _results.TryGetValue(call.TargetMethod.OriginalDefinition, out List<IOperation>? values) =>
            values.SelectMany(value => Elements(value, index, depth + 1)),
        _ => [],
    };

    private static int Depth(Call? call) => call is null ? 0 : 1 + Depth(call.Outer);

    private static IEnumerable<(IOperation? Source, Call? Call)> From(ISymbol symbol, Dictionary<ISymbol, List<IOperation>> sources, Call? call) =>
        sources.TryGetValue(symbol.OriginalDefinition, out List<IOperation>? values) ? values.Select(value => ((IOperation?)value, call)) : [];

    /// <summary>Returns the argument where the call is known, and else the arguments of all calls.</summary>
    private IEnumerable<(IOperation? Source, Call? Call)> FromParameter(IParameterSymbol parameter, Call? call)
    {
        for (Call? known = call; known is not null; known = known.Outer)
        {
            if (SymbolEqualityComparer.Default.Equals(known.Invocation.TargetMethod.OriginalDefinition, parameter.ContainingSymbol.OriginalDefinition))
            {
                return known.Invocation.Arguments
                    .Where(argument => argument.Parameter?.Ordinal == parameter.Ordinal)
                    .Select(argument => ((IOperation?)argument.Value, known.Outer));
            }
        }

        return _arguments.TryGetValue(parameter.OriginalDefinition, out List<IOperation>? values) ? values.Select(value => ((IOperation?)value, (Call?)null)) : [];
    }

    /// <summary>Returns the texts that are inserted, as <c>{name}: text</c>.</summary>
    private IEnumerable<string> Insertions(Text text, int depth) => depth > DeepestInsertion ? [] : Holes(text.Operation)
        .SelectMany(hole => Texts(hole, text.Call).SelectMany(inserted => Insertions(inserted, depth + 1).Prepend($"{{{NameOf(hole)}}}: {Describe(inserted).Trim()}")))
        .Where(line => IsPhrase(line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]));

    private static IEnumerable<IOperation> Holes(IOperation operation) => operation switch
    {
        { ConstantValue.HasValue: true } => [],
        IInterpolatedStringOperation text => text.Parts.OfType<IInterpolationOperation>().Select(part => part.Expression).SelectMany(Holes),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Holes(sum.LeftOperand).Concat(Holes(sum.RightOperand)),
        _ => [operation],
    };

    private static string Describe(Text text) => Describe(text.Operation);

    private static string Describe(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: object value } } => string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0}", value),
        IInterpolatedStringOperation text => string.Concat(text.Parts.Select(part => part switch
        {
            IInterpolatedStringTextOperation { Text: IOperation literal } => Describe(literal),
            IInterpolationOperation { Expression: IOperation value } => Describe(value),
            _ => "",
        })),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Describe(sum.LeftOperand) + Describe(sum.RightOperand),
        _ => $"{{{NameOf(operation)}}}",
    };

    private static string NameOf(IOperation operation) => operation switch
    {
        IConversionOperation conversion => NameOf(conversion.Operand),
        IParenthesizedOperation inner => NameOf(inner.Operand),
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IPropertyReferenceOperation { Property.Name: "Name", Instance: ITypeOfOperation or IInvocationOperation { TargetMethod.Name: nameof(GetType) } } => "type",
        IPropertyReferenceOperation property => Camel(property.Property.Name),
        IFieldReferenceOperation field => Camel(field.Field.Name.TrimStart('_')),
        IInvocationOperation { TargetMethod.Name: nameof(ToString), Instance: IOperation value } => NameOf(value),
        IInvocationOperation { TargetMethod.Name: "Apply" or "Join", Arguments: [.., { Value: IOperation value }] } => NameOf(value),
        IInvocationOperation call => Camel(call.TargetMethod.Name),
        IConditionalAccessOperation access => NameOf(access.WhenNotNull),
        ICoalesceOperation coalesce => NameOf(coalesce.Value),
        _ => "text",
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>A text, and the call on the way to it, whose arguments are its parameters.</summary>
    private sealed record Text(IOperation Operation, Call? Call);

    private sealed record Call(IInvocationOperation Invocation, Call? Outer);
}
