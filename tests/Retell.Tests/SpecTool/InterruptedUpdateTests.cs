using System.Diagnostics;
using Retell.Spec;
using Retell.SpecTool.Update;
using Retell.Tests.Build;

namespace Retell.Tests.SpecTool;

/// <summary>An update that is killed and run again ends as if it had not been killed.</summary>
public class InterruptedUpdateTests
{
    private const string Before = "Thing: { type: object, properties: { a: { type: string, enum: [x, y] } } }";

    private const string After = "Thing: { type: object, properties: { b: { type: string, enum: [z] } } }\nOther: { type: object }";

    private static string Dll => Path.Combine(AppContext.BaseDirectory, "Retell.SpecTool.dll");

    [Test]
    public async Task Update_killed_at_each_file_operation_gives_same_result_when_rerun([Values] bool hasRetained, [Values] bool hasNames)
    {
        using TempFolder whole = Begin(hasRetained, hasNames);
        string report = await UpdateAsync(whole);
        Dictionary<string, string> expected = Files(whole);
        int pending = 0;

        for (int operations = 0; ; operations++)
        {
            using TempFolder folder = Begin(hasRetained, hasNames);
            var dying = new DyingFiles(operations);
            using var log = new StringWriter { NewLine = "\n" };
            try
            {
                await UpdateAsync(folder, log, dying);
                break;
            }
            catch (KilledException)
            {
            }

            if (File.Exists(PendingUpdate.Marker(folder.PathOf("api.yaml"))))
            {
                pending++;
                Assert.That(() => NormalizeCommand.Load(Input(folder), []), Throws.TypeOf<SpecError>().With.Message.Contains("Run the update again."));
            }

            // Only one that had said all and had nothing left to do but to clean up has nothing to report again.
            bool isComplete = log.ToString() == report && !File.Exists(PendingUpdate.Marker(folder.PathOf("api.yaml")));
            string again = await UpdateAsync(folder);
            Assert.That(again, isComplete ? Does.Contain("Nothing changed.\n") : Is.EqualTo(report), $"killed after {operations} operations");
            Assert.That(Files(folder), Is.EqualTo(expected), $"killed after {operations} operations");
        }

        Assert.That(expected.Keys, Is.EquivalentTo(["api.yaml", "names.yaml", "next.yaml", "retained.yaml"]), "nothing else stays behind");
        Assert.That(pending, Is.EqualTo(4), "three files are replaced, then the marker is removed");
    }

    [Test]
    public async Task Update_killed_during_recovery_gives_same_result_when_rerun()
    {
        using TempFolder whole = Begin(hasRetained: false, hasNames: true);
        string report = await UpdateAsync(whole);
        for (int operations = 0; operations < 6; operations++)
        {
            using TempFolder folder = Begin(hasRetained: false, hasNames: true);
            await Assert.ThrowsAsync<KilledException>(() => UpdateAsync(folder, TextWriter.Null, new DyingFiles(9)));
            Assert.That(File.Exists(PendingUpdate.Marker(folder.PathOf("api.yaml"))), Is.True);
            await Assert.ThrowsAsync<KilledException>(() => UpdateAsync(folder, TextWriter.Null, new DyingFiles(operations)));

            Assert.That(await UpdateAsync(folder), Is.EqualTo(report), $"killed after {operations} operations");
            Assert.That(Files(folder), Is.EqualTo(Files(whole)));
        }
    }

    [Test]
    public async Task Update_with_full_disk_changes_nothing()
    {
        using TempFolder folder = Begin(hasRetained: true, hasNames: true);
        Dictionary<string, string> before = Files(folder);

        SpecError error = (await Assert.ThrowsAsync<SpecError>(() => UpdateAsync(folder, TextWriter.Null, new FullDisk())))!;

        Assert.That(error.Message, Does.Contain("The files of the update cannot be written: The disk is full. Nothing was changed."));
        Assert.That(Files(folder), Is.EqualTo(before));
    }

    [Test]
    public async Task Update_with_invalid_source_leaves_no_files()
    {
        using TempFolder folder = Begin(hasRetained: true, hasNames: true);
        Dictionary<string, string> before = Files(folder);
        folder.Write("next.yaml", "a: [1");

        await Assert.ThrowsAsync<SpecError>(() => UpdateAsync(folder));

        before["next.yaml"] = "a: [1";
        Assert.That(Files(folder), Is.EqualTo(before));
    }

    [Test]
    public async Task Update_with_leftover_files_removes_them()
    {
        using TempFolder folder = Begin(hasRetained: true, hasNames: true);
        using TempFolder whole = Begin(hasRetained: true, hasNames: true);
        folder.Write(".update/new-0", "half");
        folder.Write(".update/old-0", "half");
        folder.Write(".update/lock", "");

        Assert.That(await UpdateAsync(folder), Is.EqualTo(await UpdateAsync(whole)));
        Assert.That(Files(folder), Is.EqualTo(Files(whole)));
    }

    [Test]
    public void Update_while_another_runs_throws()
    {
        using TempFolder folder = Begin(hasRetained: true, hasNames: true);
        using (UpdateTransaction.Begin(folder.PathOf("api.yaml"), new FileOperations()))
        {
            Assert.That(() => UpdateAsync(folder), Throws.TypeOf<SpecError>().With.Message.Contains("Another update is running").And.Message.EndsWith("Wait until it has ended."));
        }

        Assert.That(() => UpdateAsync(folder), Throws.Nothing);
    }

    [Test]
    public void Update_process_killed_gives_same_result_when_rerun()
    {
        using TempFolder whole = BeginWithOverlay();
        CommandResult expected = Run(whole);
        Assert.That(expected.ExitCode, Is.Zero, expected.Error);
        var random = new Random(20261104);
        Func<TempFolder, bool>[] moments =
        [
            folder => Directory.Exists(folder.PathOf(".update")),
            folder => File.Exists(folder.PathOf(".update", "pending.json")),
            folder => File.ReadAllText(folder.PathOf("api.yaml")) != Yaml.Document(Before),
        ];
        foreach (Func<TempFolder, bool> moment in moments)
        {
            using TempFolder folder = BeginWithOverlay();
            using (Process process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Dll, .. Arguments])
            {
                WorkingDirectory = folder.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!)
            {
                while (!process.HasExited && !moment(folder))
                {
                    Thread.Sleep(0);
                }

                Thread.Sleep(random.Next(3));
                process.Kill();
                process.WaitForExit();
            }

            bool isUndone = File.Exists(folder.PathOf(".update", "pending.json")) || File.ReadAllText(folder.PathOf("api.yaml")) == Yaml.Document(Before);
            CommandResult again = Run(folder);

            // One that was killed too late had done and said all.
            Assert.That(again, isUndone ? Is.EqualTo(expected) : Has.Property("ExitCode").Zero);
            Assert.That(Files(folder), Is.EqualTo(Files(whole)));
        }
    }

    private static TempFolder BeginWithOverlay()
    {
        TempFolder folder = Begin(hasRetained: true, hasNames: true);
        folder.Write("overlay.yaml", Yaml.Overlay("- { target: $.info, description: A test., update: {} }"));
        return folder;
    }

    private static string[] Arguments => ["update", "next.yaml", "--spec", "api.yaml", "--retained", "retained.yaml", "--overlay", "overlay.yaml", "--names", "names.yaml"];

    private static CommandResult Run(TempFolder folder) => CommandResult.Dotnet(folder.Root, [Dll, .. Arguments]);

    private static TempFolder Begin(bool hasRetained, bool hasNames)
    {
        var folder = new TempFolder();
        folder.Write("api.yaml", Yaml.Document(Before));
        folder.Write("next.yaml", Yaml.Document(After));
        if (hasRetained)
        {
            folder.Write("retained.yaml", "schemas:\n  Gone: { type: object }\n");
        }

        if (hasNames)
        {
            folder.Write("names.yaml", Yaml.Lock(("Thing", "Item")));
        }

        return folder;
    }

    private static NormalizeInput Input(TempFolder folder) => new(folder.PathOf("api.yaml"), null, folder.PathOf("names.yaml"), folder.PathOf("retained.yaml"));

    private static async Task<string> UpdateAsync(TempFolder folder)
    {
        using var log = new StringWriter { NewLine = "\n" };
        await UpdateAsync(folder, log, new FileOperations());
        return log.ToString();
    }

    private static Task<int> UpdateAsync(TempFolder folder, TextWriter log, FileOperations files) =>
        UpdateCommand.RunAsync(Input(folder), [folder.PathOf("next.yaml")], dropRetained: false, log, CancellationToken.None, files);

    private static Dictionary<string, string> Files(TempFolder folder) => Directory.EnumerateFileSystemEntries(folder.Root, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder.Root, path), path => Directory.Exists(path) ? "a folder" : File.ReadAllText(path));

    private sealed class KilledException : Exception;

    /// <summary>Files of a process that is killed after some operations: the next one is done by half, and none follows.</summary>
    private sealed class DyingFiles(int operations) : FileOperations
    {
        private int _left = operations;

        public override void Write(string path, string text) => Do(() => base.Write(path, text), () => base.Write(path, text[..(text.Length / 2)]));

        public override void Copy(string path, string target) => Do(() => base.Copy(path, target), () => base.Write(target, "half"));

        public override void Move(string path, string target) => Do(() => base.Move(path, target), () => { });

        public override void Delete(string path) => Do(() => base.Delete(path), () => { });

        private void Do(Action whole, Action half)
        {
            if (_left > 0)
            {
                _left--;
                whole();
                return;
            }

            if (_left == 0)
            {
                _left--;
                half();
            }

            throw new KilledException();
        }
    }

    /// <summary>Files on a disk that takes no third one.</summary>
    private sealed class FullDisk : FileOperations
    {
        private int _moves;

        public override void Move(string path, string target)
        {
            if (++_moves == 3)
            {
                throw new IOException("The disk is full.");
            }

            base.Move(path, target);
        }
    }
}
