using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;

namespace Retell.SpecTool.Update;

/// <summary>
/// Replaces several files as one: an update that is killed and run again ends as if it had not been killed. One update runs
/// at a time.
/// </summary>
internal sealed class UpdateTransaction : IDisposable
{
    private readonly string _spec;
    private readonly string _folder;
    private readonly string _marker;
    private readonly string _lockFile;
    private readonly FileOperations _files;
    private readonly FileStream _lock;

    private UpdateTransaction(string spec, FileOperations files)
    {
        _spec = Path.GetFullPath(spec);
        _folder = PendingUpdate.Folder(spec);
        _marker = PendingUpdate.Marker(spec);
        _lockFile = Path.Combine(_folder, "lock");
        _files = files;
        if (!File.Exists(spec))
        {
            throw new SpecError(spec, "$", "The file cannot be read: it does not exist.", "Check the path.");
        }

        try
        {
            Directory.CreateDirectory(_folder);
            _lock = new FileStream(_lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new SpecError(spec, "$", $"Another update is running: {exception.Message}", "Wait until it has ended.");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new SpecError(spec, "$", $"The files of the update cannot be written: {exception.Message}", "Check the permissions of the folder.");
        }
    }

    /// <summary>Begins an update. What an earlier one left behind is restored.</summary>
    public static UpdateTransaction Begin(string spec, FileOperations files)
    {
        var transaction = new UpdateTransaction(spec, files);
        try
        {
            transaction.Restore();
            transaction.Clean();
            return transaction;
        }
        catch
        {
            transaction._lock.Dispose();
            throw;
        }
    }

    /// <summary>Replaces the files whose content is another one, and returns them. A file without content is removed.</summary>
    public IReadOnlyList<string> Replace(IEnumerable<(string File, string? Text)> contents)
    {
        List<(string File, string? Text)> changed = [.. contents.Where(content => (File.Exists(content.File) ? File.ReadAllText(content.File) : null) != content.Text)];
        if (changed.Count == 0)
        {
            return [];
        }

        try
        {
            Stage(changed);
            for (int i = 0; i < changed.Count; i++)
            {
                if (changed[i].Text is null)
                {
                    _files.Delete(changed[i].File);
                }
                else
                {
                    _files.Move(Staged("new", i), changed[i].File);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            try
            {
                Restore();
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
                throw new SpecError(
                    _spec,
                    "$",
                    $"The files of the update cannot be written, and the old ones not restored: {second.Message}",
                    "Check the disk and the permissions, and run the update again. It restores the old files first.");
            }

            throw new SpecError(
                _spec,
                "$",
                $"The files of the update cannot be written: {exception.Message}",
                "Nothing was changed. Check the disk and the permissions, and run the update again.");
        }

        return [.. changed.Select(content => content.File)];
    }

    /// <summary>Ends the update: what it wrote stays.</summary>
    public void Complete() => _files.Delete(_marker);

    public void Dispose()
    {
        try
        {
            // What was not completed did not happen.
            Restore();
            Clean();
        }
        finally
        {
            // While it is held: whoever opens it later would hold a file that is not there.
            TryDelete(() => File.Delete(_lockFile));
            _lock.Dispose();
            if (OperatingSystem.IsWindows())
            {
                TryDelete(() => File.Delete(_lockFile));
            }

            TryDelete(() => Directory.Delete(_folder));
        }
    }

    /// <summary>Copies the old files, writes the new ones beside them, and says last that both are complete.</summary>
    private void Stage(List<(string File, string? Text)> changed)
    {
        var files = new JArray();
        for (int i = 0; i < changed.Count; i++)
        {
            (string file, string? text) = changed[i];
            bool exists = File.Exists(file);
            if (exists)
            {
                _files.Copy(file, Staged("old", i));
            }

            if (text is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                _files.Write(Staged("new", i), text);
            }

            files.Add(new JObject { ["file"] = Path.GetRelativePath(_folder, Path.GetFullPath(file)), ["old"] = exists ? Path.GetFileName(Staged("old", i)) : null });
        }

        string complete = Path.Combine(_folder, "marker");
        _files.Write(complete, files.ToString(Formatting.Indented));
        _files.Move(complete, _marker);
    }

    /// <summary>Puts the old files back if an update was interrupted. Interrupted itself, it can be done again.</summary>
    private void Restore()
    {
        if (!File.Exists(_marker))
        {
            return;
        }

        foreach (JToken entry in JArray.Parse(File.ReadAllText(_marker)))
        {
            string file = Path.GetFullPath(Path.Combine(_folder, (string)entry["file"]!));
            if ((string?)entry["old"] is string old)
            {
                string copy = Path.Combine(_folder, "copy");
                _files.Copy(Path.Combine(_folder, old), copy);
                _files.Move(copy, file);
            }
            else if (File.Exists(file))
            {
                _files.Delete(file);
            }
        }

        _files.Delete(_marker);
    }

    private void Clean()
    {
        foreach (string file in Directory.EnumerateFiles(_folder).Where(file => file != _lockFile).ToList())
        {
            _files.Delete(file);
        }
    }

    private string Staged(string kind, int index) => Path.Combine(_folder, $"{kind}-{index}");

    private static void TryDelete(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next update removes it.
        }
    }
}
