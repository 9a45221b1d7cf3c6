using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ums.Testing.Alerts;

/// <summary>A provider's double as a process of its own: what it has accepted stands in its ledger, whatever happens to us.</summary>
public sealed class ProviderProcess : IAsyncDisposable
{
    /// <summary>The only account that the double knows.</summary>
    public const string Username = "u0123456789abcdef";

    public const string Password = "p-canary-of-a-password";

    private readonly Process process;
    private readonly HttpClient http;

    private ProviderProcess(Process process, Uri address)
    {
        (this.process, Address) = (process, address);
        http = new HttpClient { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority)), Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>Of its API, with a trailing slash.</summary>
    public Uri Address { get; }

    public int Id => process.Id;

    /// <param name="options">As its command line takes them, such as <c>--receipts off</c>.</param>
    public static async Task<ProviderProcess> StartAsync(params string[] options)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = Path.Combine(CommittedDocument.Root, "tests", "ProviderDoubles", "bin", built.Parent!.Name, built.Name, "Ums.ProviderDoubles.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [folder, "46elks", "--port", "0", .. options]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync();
        return line?.StartsWith("Ready: ", StringComparison.Ordinal) == true
            ? new ProviderProcess(process, new Uri(line["Ready: ".Length..].TrimEnd('/') + "/"))
            : throw new InvalidOperationException($"The provider's double did not start: {line}");
    }

    /// <summary>What a service must be told so that it sends here.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
    [
        new("Providers__Use__0", "46elks"), new("Providers__FortySixElks__Username", Username), new("Providers__FortySixElks__Password", Password),
        new("Providers__FortySixElks__Address", Address.ToString()), new("Providers__FortySixElks__CallerId", "+46846500400"),
    ];

    public async Task<long> CountAsync() => (await http.GetFromJsonAsync<JsonElement>("/ledger/count")).GetProperty("count").GetInt64();

    public async Task PlanAsync(object faults)
    {
        using var answer = await http.PutAsJsonAsync("/faults", faults);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Everything it has accepted, in its order.</summary>
    public async IAsyncEnumerable<LedgerLine> ReadAsync()
    {
        await using var stream = await http.GetStreamAsync("/ledger");
        using var lines = new StreamReader(stream);
        while (await lines.ReadLineAsync() is { } line)
        {
            yield return JsonSerializer.Deserialize<LedgerLine>(line, JsonSerializerOptions.Web)!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}

/// <param name="N">From 1, in the order of acceptance.</param>
/// <param name="At">Milliseconds since 1970.</param>
public sealed record LedgerLine(long N, string Id, string Channel, string To, string From, string Text, string Callback, long At);
