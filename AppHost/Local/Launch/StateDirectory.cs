using System.Globalization;

namespace Ums.Local.Launch;

/// <summary>Where one system keeps its data, keys and logs from start to start; only one launcher at a time may use it.</summary>
internal sealed class StateDirectory : IDisposable
{
    private readonly FileStream held;

    private StateDirectory(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <exception cref="LaunchException">Another launcher uses it.</exception>
    public static StateDirectory Open(string path, bool reset)
    {
        if (!Directory.Exists(path))
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var state = new StateDirectory(path, Hold(System.IO.Path.Combine(path, "lock")));
        if (reset)
            state.Reset();
        Directory.CreateDirectory(state["logs"]);
        return state;
    }

    public void Dispose() => held.Dispose();

    // The kernel drops the lock with the process, however it ends.
    private static FileStream Hold(string file)
    {
        try
        {
            var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            return held;
        }
        catch (IOException)
        {
            throw new LaunchException($"Another ./run uses {System.IO.Path.GetDirectoryName(file)}. Stop it, or give this one its own: ./run --state DIR --port N");
        }
    }

    // Only what the launcher itself puts there: a directory given by mistake keeps its files.
    private void Reset()
    {
        foreach (var name in new[] { "postgres", "rabbitmq", "data-protection", "logs" })
            Remove(this[name]);
        File.Delete(this["keys.json"]);
        File.Delete(this[ServiceEnvironment.FirstLink]);
    }

    private static void Remove(string directory)
    {
        var entry = new DirectoryInfo(directory);
        if (entry.LinkTarget is not null)
        {
            var elsewhere = (DirectoryInfo)entry.ResolveLinkTarget(returnFinalTarget: true)!;
            entry.Delete();
            entry = elsewhere;
        }
        if (entry.Exists)
            entry.Delete(recursive: true);
    }
}
