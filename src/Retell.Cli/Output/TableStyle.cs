namespace Retell.Cli.Output;

/// <summary>How tables are drawn.</summary>
/// <param name="Width">The number of characters on a line; null for no limit, where no person reads them.</param>
/// <param name="HasColors">Whether escape sequences may be written.</param>
internal sealed record TableStyle(int? Width, bool HasColors);
