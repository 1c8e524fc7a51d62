using Retell.SpecTool;

return await CommandLine.Create().Parse(args).InvokeAsync().ConfigureAwait(false);
