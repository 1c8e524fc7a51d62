namespace Retell.Cli.Http;

/// <summary>The request was printed; that is all there was to do.</summary>
internal sealed class DryRunException() : Exception("Nothing was sent.");
