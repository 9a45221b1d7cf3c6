using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.Testing;

namespace Ums.Benchmarks;

/// <summary>Residents who ask for PINs by the API, each with a captcha solved.</summary>
internal sealed class Resident(HttpClient http)
{
    private static readonly string[] Organisations = ["stockholm", "pitea", "malmo", "goteborg", "kiruna"];

    private readonly ConcurrentQueue<Ticket> tickets = new();

    /// <summary>When each request left, by its id.</summary>
    public ConcurrentDictionary<Guid, DateTimeOffset> Asked { get; } = new();

    /// <summary>Solves captchas ahead, so that an open loop times nothing but the PIN.</summary>
    public Task PrepareAsync(int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => tickets.Enqueue(await SolveAsync()));

    public async Task<bool> AskAsync()
    {
        var ticket = tickets.TryDequeue(out var prepared) ? prepared : await SolveAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/pins")
        {
            Content = JsonContent.Create(new
            {
                organisation = Organisations[Random.Shared.Next(Organisations.Length)],
                phone = $"+46701740{Random.Shared.Next(605, 700)}",
                role = "private",
                captcha = ticket.Answer,
            }),
        };
        request.Headers.Add("Cookie", ticket.Cookie);
        var left = DateTimeOffset.UtcNow;
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
        {
            FirstFault ??= $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            return false;
        }
        Asked[(await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("pinRequestId").GetGuid()] = left;
        return true;
    }

    /// <summary>The first answer that was not as wished.</summary>
    public string? FirstFault { get; private set; }

    /// <summary>Proof of work as the page's widget makes it; the benchmark has the portal ask for very little.</summary>
    private async Task<Ticket> SolveAsync()
    {
        using var answer = await http.GetAsync(new Uri("api/captcha", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(header => header.StartsWith("__Host-ums-browser=", StringComparison.Ordinal)).Split(';')[0];
        return new Ticket(cookie, AltchaSolver.Solve(await answer.Content.ReadFromJsonAsync<JsonElement>()));
    }

    private sealed record Ticket(string Cookie, string Answer);
}
