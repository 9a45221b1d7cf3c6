using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ums.Messages.Commands;
using Ums.Notifier.Alerts;
using Ums.Notifier.Tests.Providers;
using Ums.ServiceDefaults.Secrets;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

/// <summary>
/// Notifier with scripted providers and short patience. The test is Contacts, on the other end of the bus, and answers for Identity and for Contacts' count.
/// </summary>
public class AlertFixture : ScriptedFixture
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static int people;

    public string Writer => Tokens.Client("writer", "alert.read alert.write", "notifier", Organisation);

    public string Approver => Tokens.Client("approver", "alert.read alert.approve", "notifier", Organisation);

    /// <summary>What Contacts counts next, and everything else that it may answer instead.</summary>
    public Func<HttpResponseMessage> Count { get; set; } = () => Counted(1, 0);

    public bool IdentityAway { get; set; }

    internal PersonalData Personal => Services.GetRequiredService<PersonalData>();

    public static HttpResponseMessage Counted(int mobiles, int landlines) =>
        new(HttpStatusCode.OK) { Content = JsonContent.Create(new { phones = mobiles + landlines, mobiles, landlines }) };

    /// <summary>Phones that no other test uses; they need not exist, for nothing here leaves the process.</summary>
    public static AudienceMember[] People(int count, bool mobile = true) =>
        [.. Enumerable.Range(0, count).Select(_ => new AudienceMember($"+4670{Interlocked.Increment(ref people):0000000}", mobile, 59.3f, 18.06f))];

    public static object Draft(
        string mode = "sms", string sms = "Vattnet stängs av idag kl 10-12.", object? audience = null, bool dangerToLife = false, bool acknowledge = false, int? repeatAfterMinutes = null,
        DateTimeOffset? sendAt = null, string title = "Vattenläcka", int? validForMinutes = null) => new
        {
            title, category = "water", texts = new { sms }, audience = audience ?? new { postcodes = new[] { "11343" } }, mode, acknowledge, repeatAfterMinutes, dangerToLife,
            validForMinutes, sendAt,
        };

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string token, HttpMethod method, string path, object? body = null, int? version = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: Json) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<JsonElement> DoneAsync(string token, HttpMethod method, string path, object? body = null, int? version = null)
    {
        var (status, answer) = await SendAsync(token, method, path, body, version);
        Assert.True((int)status < 300, $"{method} {path}: {status} {answer}");
        return answer;
    }

    public async Task<Guid> WriteAsync(object? draft = null) => (await DoneAsync(Writer, HttpMethod.Post, "/api/alerts", draft ?? Draft())).GetProperty("id").GetGuid();

    /// <summary>Written, submitted and approved.</summary>
    public async Task<Guid> ApprovedAsync(object? draft = null, int mobiles = 1, int landlines = 0)
    {
        var id = await WriteAsync(draft);
        Count = () => Counted(mobiles, landlines);
        var submitted = await DoneAsync(Writer, HttpMethod.Post, $"/api/alerts/{id}/submit");
        await ApproveAsync(id, submitted);
        return id;
    }

    /// <summary>Approved, and answered with these people.</summary>
    public async Task<Guid> SendingToAsync(IReadOnlyList<AudienceMember> audience, object? draft = null)
    {
        var id = await ApprovedAsync(draft, mobiles: audience.Count);
        await AnswerAsync(id, audience);
        return id;
    }

    public Task<JsonElement> ApproveAsync(Guid id, JsonElement submitted) => DoneAsync(
        Approver, HttpMethod.Post, $"/api/alerts/{id}/approve", new { recipients = submitted.GetProperty("expected").GetInt32() }, submitted.GetProperty("version").GetInt32());

    /// <summary>Contacts' answer, in batches.</summary>
    public async Task AnswerAsync(Guid alert, IReadOnlyList<AudienceMember> audience, int batchSize = 1000)
    {
        var question = await Bus.PublishedAsync<ResolveAudience>(asked => asked.AlertId == alert);
        var chunks = audience.Chunk(batchSize).DefaultIfEmpty([]).ToList();
        foreach (var (chunk, i) in chunks.Select((chunk, i) => (chunk, i)))
            await Bus.PublishAsync(Batch(alert, i, chunk, last: i == chunks.Count - 1));
        Assert.Equal(Organisation, question.OrganisationId);
    }

    public AudienceBatch Batch(Guid alert, int number, IReadOnlyList<AudienceMember> members, bool last) => new(
        alert, Organisation, number, last, members.Count, Personal.Seal(Organisation, JsonSerializer.Serialize(members, Json)), DateTimeOffset.UtcNow);

    public async Task<JsonElement> AlertAsync(Guid id) => (await DoneAsync(Writer, HttpMethod.Get, $"/api/alerts/{id}")).GetProperty("alert");

    public async Task<AlertCounts> CountsAsync(Guid id) => CountsOf(await AlertAsync(id));

    public static AlertCounts CountsOf(JsonElement alert) => alert.GetProperty("counts").Deserialize<AlertCounts>(Json)!;

    public Task AlertBecomesAsync(Guid id, string state) =>
        Eventually.PassesAsync(async () => Assert.Equal(state, (await AlertAsync(id)).GetProperty("state").GetString()));

    public Task CountsBecomeAsync(Guid id, Func<AlertCounts, bool> like) =>
        Eventually.PassesAsync(async () => { var counts = await CountsAsync(id); Assert.True(like(counts), counts.ToString()); });

    /// <summary>What was handed to the providers for these people.</summary>
    internal List<Ums.Notifier.Providers.OutboundMessage> Sent(IEnumerable<AudienceMember> people)
    {
        var phones = people.Select(person => person.Phone).ToHashSet();
        return [.. First.Ledger.Concat(Second.Ledger).Where(message => phones.Contains(message.To))];
    }

    internal async Task ReceiptAsync(Ums.Notifier.Providers.OutboundMessage message, string kind, bool acknowledged = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, message.ReceiptAddress.AbsolutePath);
        request.Headers.Add("Test-Receipt", kind);
        if (acknowledged)
            request.Headers.Add("Test-Key", "1");
        using var answer = await Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The different ways in which the attempts at its recipients went, each from the first to the last.</summary>
    public Task<string?> AttemptsAsync(Guid alert) => QueryAsync<string>(
        "select string_agg(distinct way, ', ') from (select string_agg(state, ' ' order by number) as way from alert_attempts where alert_id = $1 group by slice_id, n) x", alert);

    /// <summary>The tally's sums are those of the recipients' states, whatever has happened.</summary>
    public async Task AssertCountsAreTheTablesAsync(Guid alert)
    {
        const string counted = "select coalesce(string_agg(state || ' ' || n, ', ' order by state), '') from ({0}) x where n <> 0";
        var tables = await QueryAsync<string>(string.Format(null, counted, "select state, count(*) as n from alert_recipient_states where alert_id = $1 group by state"), alert);
        var tally = await QueryAsync<string>(string.Format(null, counted, """
            select s.state, sum(s.n) as n from alert_tallies t cross join lateral (values ('waiting', waiting), ('sending', sending), ('unknown', unknown), ('accepted', accepted),
                ('delivered', delivered), ('failed', failed), ('expired', expired), ('cancelled', cancelled)) s (state, n) where t.alert_id = $1 group by s.state
            """), alert);
        Assert.Equal(tables, tally);
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["Dispatch:Grace"] = "00:00:01";
        settings["Dispatch:Sweep"] = "00:00:01";
        // Nobody here may wait for the morning; quiet hours have tests of their own.
        settings["Alerts:QuietFrom"] = "00:00";
        settings["Alerts:QuietTo"] = "00:00";
    }

    protected override void ConfigureServices(IServiceCollection services)
    {
        base.ConfigureServices(services);
        services.AddHttpClient(nameof(AudienceClient)).ConfigurePrimaryHttpMessageHandler(() => new Answering(_ => Count()));
        services.AddHttpClient(nameof(OrganisationClient)).ConfigurePrimaryHttpMessageHandler(() => new Answering(_ => new HttpResponseMessage(IdentityAway ? HttpStatusCode.BadGateway : HttpStatusCode.OK)
        {
            Content = new StringContent("""{"name":"Piteå kommun","smsSenderName":"Pitea","voiceCallerId":"+46846500400","language":"sv"}""", Encoding.UTF8, "application/json"),
        }));
        // The services' own token has nobody to ask here.
        services.AddHttpClient(nameof(ServiceDefaults.Tokens.ServiceToken)).ConfigurePrimaryHttpMessageHandler(() => new Answering(_ => new HttpResponseMessage
        {
            Content = new StringContent("""{"access_token":"token","expires_in":3600}""", Encoding.UTF8, "application/json"),
        }));
    }

    private sealed class Answering(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
