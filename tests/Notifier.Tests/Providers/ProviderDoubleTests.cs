using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ums.ProviderDoubles;
using Ums.ProviderDoubles.Faults;
using Ums.ProviderDoubles.Ledger;
using Ums.ProviderDoubles.Wires;
using Ums.Testing;

namespace Ums.Notifier.Tests.Providers;

/// <summary>The double is what a run with faults is judged by, so its own ledger, faults and reports must be right.</summary>
public sealed class ProviderDoubleTests : IAsyncLifetime
{
    private readonly string file = Path.GetTempFileName();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private ProviderDouble elks = null!;

    public async Task InitializeAsync() => elks = await ProviderDouble.StartAsync(new DoubleOptions(new FortySixElksWire()) { LedgerFile = file, Receipts = ["sent", "delivered"] });

    public async Task DisposeAsync()
    {
        http.Dispose();
        await elks.DisposeAsync();
        File.Delete(file);
    }

    [Fact]
    public async Task a_thousand_at_once_stand_in_the_ledger_the_file_and_the_count_each_once()
    {
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => Assert.Equal(HttpStatusCode.OK, await SendAsync(i)));

        var lines = (await http.GetStringAsync(Control("ledger"))).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<LedgerEntry>(line, JsonSerializerOptions.Web)!).ToList();
        elks.Ledger.Flush();

        Assert.Equal(Enumerable.Range(0, 1000).Select(Phone).Order(), lines.Select(line => line.To).Order());
        Assert.Equal(1000, lines.Select(line => line.Id).Distinct().Count());
        Assert.All(lines, line => Assert.Equal(("Pitea", "sms", "Vatten åäö €", "http://127.0.0.1:1/x"), (line.From, line.Channel, line.Text, line.Callback)));
        Assert.Equal(lines.Select(line => line.Id).Order(), File.ReadAllLines(file).Select(line => JsonSerializer.Deserialize<LedgerEntry>(line, JsonSerializerOptions.Web)!.Id).Order());
        Assert.Equal("""{"count":1000}""", await http.GetStringAsync(Control("ledger/count")));
    }

    [Fact]
    public async Task the_same_seed_breaks_the_same_requests_and_about_as_many_as_were_asked_for()
    {
        var first = await PlannedAsync("""{"seed": 7, "tooMany": 0.2, "errorAfter": 0.1, "unavailable": 0.02, "burst": 3}""");
        var again = await PlannedAsync("""{"seed": 7, "tooMany": 0.2, "errorAfter": 0.1, "unavailable": 0.02, "burst": 3}""");
        var other = await PlannedAsync("""{"seed": 8, "tooMany": 0.2, "errorAfter": 0.1, "unavailable": 0.02, "burst": 3}""");

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(status => status == HttpStatusCode.TooManyRequests), 60, 140);
        Assert.InRange(first.Count(status => status == HttpStatusCode.InternalServerError), 25, 75);
        Assert.Equal(0, first.Count(status => status == HttpStatusCode.ServiceUnavailable) % 3);
        // What broke after the acceptance stands in the ledger all the same.
        Assert.Equal(first.Concat(again).Concat(other).Count(status => status is HttpStatusCode.OK or HttpStatusCode.InternalServerError), elks.Ledger.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"tooMany\": 1.5}")]
    [InlineData("{\"tooMany\": -0.1}")]
    [InlineData("{\"tooMany\": 0.6, \"errorAfter\": 0.6}")]
    [InlineData("{\"toMany\": 0.5}")]
    [InlineData("{\"burst\": 0}")]
    public async Task a_plan_that_means_nothing_is_refused_and_changes_nothing(string plan)
    {
        using var answer = await http.PutAsync(Control("faults"), new StringContent(plan));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(FaultPlan.None, await http.GetFromJsonAsync<FaultPlan>(Control("faults")));
    }

    [Theory]
    [InlineData("{}", "sent delivered")]
    [InlineData("{\"receiptLost\": 1}", "")]
    [InlineData("{\"receiptDuplicate\": 1}", "sent sent delivered delivered")]
    [InlineData("{\"receiptReordered\": 1}", "delivered sent")]
    [InlineData("{\"failed\": 1}", "sent failed")]
    [InlineData("{\"receiptEarly\": 1}", "sent delivered")]
    public async Task reports_go_wrong_as_planned(string plan, string states)
    {
        using var told = await http.PutAsync(Control("faults"), new StringContent(plan));
        using var listener = new ReceiptListener();

        await SendAsync(1, listener.Address);

        await Eventually.PassesAsync(async () => Assert.Contains("\"pending\":0", await http.GetStringAsync(Control("receipts/count")), StringComparison.Ordinal));
        Assert.Equal(states, string.Join(' ', listener.States));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pigeon --port 1")]
    [InlineData("46elks --port")]
    [InlineData("46elks --port -1")]
    [InlineData("46elks --receipts perhaps")]
    [InlineData("46elks --colour blue")]
    [InlineData("46elks --callbacks nowhere")]
    public void a_command_that_means_nothing_is_refused(string command) =>
        Assert.False(DoubleOptions.TryParse(command.Split(' ', StringSplitOptions.RemoveEmptyEntries), out _, out _));

    [Fact]
    public void a_command_says_it_all()
    {
        Assert.True(DoubleOptions.TryParse("46elks --port 4600 --receipts off --receipt-rate 100 --callbacks http://127.0.0.1:5004/".Split(' '), out var options, out _));
        Assert.Equal((4600, 0, 100, "http://127.0.0.1:5004/"), (options.Port, options.Receipts.Count, options.ReceiptRate, options.Callbacks!.AbsoluteUri));
    }

    private async Task<List<HttpStatusCode>> PlannedAsync(string plan)
    {
        using var told = await http.PutAsync(Control("faults"), new StringContent(plan));
        told.EnsureSuccessStatusCode();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 500; i++)
        {
            answers.Add(await SendAsync(i));
        }
        return answers;
    }

    private Uri Control(string path) => new(new Uri(elks.Address), "/" + path);

    private static string Phone(int i) => $"+4670174{i:d4}";

    private async Task<HttpStatusCode> SendAsync(int i, string callback = "http://127.0.0.1:1/x")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, elks.Address + "sms")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["from"] = "Pitea", ["to"] = Phone(i), ["message"] = "Vatten åäö €", ["whendelivered"] = callback,
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{FortySixElksWire.Username}:{FortySixElksWire.Password}")));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
