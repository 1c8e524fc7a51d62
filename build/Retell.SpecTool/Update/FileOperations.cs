namespace Retell.SpecTool.Update;

/// <summary>All that an update does to files.</summary>
internal class FileOperations
{
    public virtual void Write(string path, string text) => File.WriteAllText(path, text);

    public virtual void Copy(string path, string target) => File.Copy(path, target, overwrite: true);

    /// <summary>Replaces a file in one step.</summary>
    public virtual void Move(string path, string target) => File.Move(path, target, overwrite: true);

    public virtual void Delete(string path) => File.Delete(path);
}
