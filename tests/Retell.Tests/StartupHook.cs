using System.Diagnostics.CodeAnalysis;

/// <summary>Loaded into a process by DOTNET_STARTUP_HOOKS: writes the names of the assemblies that it has loaded when it ends.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for it there.")]
internal static class StartupHook
{
    public const string Variable = "RETELL_LOADED_ASSEMBLIES";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is string file)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllLines(file, AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!));
        }
    }
}
