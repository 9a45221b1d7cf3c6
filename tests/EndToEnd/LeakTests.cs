using System.Text;

namespace Ums.EndToEnd;

/// <summary>A PIN, and a resident's number and name, stand in clear in no log and no file of the database or the broker.</summary>
[Collection(Shared.Name)]
public sealed class LeakTests(DemoSystem system, Browser browser)
{
    [Fact]
    public async Task what_a_resident_entrusts_to_us_is_found_nowhere_in_clear()
    {
        const string number = "070-174 06 99";
        const string family = "Kanariefågelsson";
        var page = await browser.OpenAsync(system.Url);
        var resident = new Resident(page, system, number);
        await page.GotoAsync("/k/stockholm");
        var pin = await resident.AskForPinAsync();
        await resident.EnterPinAsync(pin);
        await resident.RegisterAsync("Canary", family);

        var found = Search(system.Running.StateDirectory, ["+46701740699", "0701740699", family, $" {pin.Digits}", $"\"{pin.Digits}"]);

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static List<string> Search(string directory, IReadOnlyCollection<string> secrets)
    {
        var needles = secrets.ToDictionary(secret => secret, Encoding.UTF8.GetBytes);
        return [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .SelectMany(file => Holds(file, needles))];
    }

    private static IEnumerable<string> Holds(string file, Dictionary<string, byte[]> needles)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (IOException)
        {
            return []; // gone, or a socket
        }
        return needles.Where(needle => bytes.AsSpan().IndexOf(needle.Value) >= 0).Select(needle => $"{needle.Key} in {file}");
    }
}
