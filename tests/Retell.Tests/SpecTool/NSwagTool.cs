using System.Reflection;
using System.Runtime.Loader;

namespace Retell.Tests.SpecTool;

/// <summary>
/// The NSwag that the build runs, in this process: a process of its own for each document would spend most of its time on
/// starting.
/// </summary>
internal static class NSwagTool
{
    private static readonly Lock s_lock = new();
    private static readonly Lazy<MethodInfo> s_main = new(() =>
    {
        string tool = typeof(NSwagTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NSwag").Value!;
        return new ToolContext(tool).LoadFromAssemblyPath(tool).EntryPoint!;
    });

    public static void Run(params string[] arguments)
    {
        // It writes to the console; one document after the other.
        lock (s_lock)
        {
            object? result = s_main.Value.Invoke(null, s_main.Value.GetParameters().Length == 0 ? [] : [arguments]);
            int code = result is Task<int> task ? task.GetAwaiter().GetResult() : (int)result!;
            Assert.That(code, Is.Zero, $"NSwag {string.Join(' ', arguments)}");
        }
    }

    private sealed class ToolContext(string tool) : AssemblyLoadContext
    {
        private readonly string _folder = Path.GetDirectoryName(tool)!;

        protected override Assembly? Load(AssemblyName assemblyName) =>
            Path.Combine(_folder, assemblyName.Name + ".dll") is var file && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
