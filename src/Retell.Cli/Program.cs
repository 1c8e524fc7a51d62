using Retell.Cli;

return await CommandLineApp.RunAsync(args, CliEnvironment.OfProcess()).ConfigureAwait(false);
