using System.Security.Cryptography;
using System.Text.Json;

namespace Ums.AppHost;

/// <summary>
/// The keys and passwords of one machine's system: made once, kept in a file that only its owner reads. Losing the file loses the data they seal.
/// </summary>
internal sealed class Keys
{
    private readonly Dictionary<string, string> values;

    private Keys(Dictionary<string, string> values) => this.values = values;

    public string this[string name] => values[name];

    /// <summary>The same as a password, in characters that an address can hold.</summary>
    public string Password(string name) => values[name].TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Opens the file, adding what it lacks.</summary>
    public static Keys Open(string file, params IEnumerable<string> names)
    {
        var values = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))! : [];
        var missing = names.Where(name => !values.ContainsKey(name)).ToList();
        foreach (var name in missing)
            values[name] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        if (missing.Count > 0)
            Write(file, values);
        return new Keys(values);
    }

    // Written beside and moved over: a crash leaves the old file or the new one, never half of one.
    private static void Write(string file, Dictionary<string, string> values)
    {
        var created = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            created.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var next = file + ".new";
        File.Delete(next);
        using (var stream = new FileStream(next, created))
            JsonSerializer.Serialize(stream, values);
        File.Move(next, file, overwrite: true);
    }
}
