namespace Retell.Generated.Json;

/// <summary>
/// What tells the variants of each union apart. The document says it for most of them, and their declarations are generated;
/// those in Runtime/Unions, in a file named like the union, say what it cannot, and take the place of the generated ones. A
/// union that is a variant of another one is declared there with all its leaves.
/// </summary>
internal static partial class Unions;
