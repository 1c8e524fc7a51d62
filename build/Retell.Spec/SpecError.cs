namespace Retell.Spec;

/// <summary>Input that a person has to mend: says where it is, what is wrong and what to do.</summary>
internal sealed class SpecError(string file, string path, string problem, string advice)
    : Exception($"{file}: {path}: {problem} {advice}")
{
    public string File { get; } = file;

    public string Path { get; } = path;
}
