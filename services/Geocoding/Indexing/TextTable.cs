using System.Text;

namespace Ums.Geocoding.Indexing;

/// <summary>Texts as they are shown, in UTF-8, by number.</summary>
internal sealed class TextTable(byte[] bytes, int[] starts)
{
    public int Count => starts.Length - 1;

    public string this[int text] => Encoding.UTF8.GetString(bytes, starts[text], starts[text + 1] - starts[text]);

    public static TextTable Of(IEnumerable<string> texts)
    {
        using var bytes = new MemoryStream();
        var starts = new List<int> { 0 };
        foreach (var text in texts)
        {
            bytes.Write(Encoding.UTF8.GetBytes(text));
            starts.Add((int)bytes.Length);
        }

        return new TextTable(bytes.ToArray(), [.. starts]);
    }

    public void Write(SnapshotWriter snapshot)
    {
        snapshot.Write(starts);
        snapshot.Write(bytes);
    }

    public static TextTable Read(SnapshotReader snapshot)
    {
        var starts = snapshot.Read<int>();
        return new TextTable(snapshot.Read<byte>(), starts);
    }
}
