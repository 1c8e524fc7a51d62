namespace Retell.Generated.Json;

/// <summary>
/// The declarations of the unions. Most are generated from the spec. The files in Runtime/Unions, which are named like the union, replace the
/// generated ones where the spec is not sufficient. A union that is a variant of another one is declared there with all its leaves.
/// </summary>
internal static partial class Unions;
