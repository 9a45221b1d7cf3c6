using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ums.Notifier.Tests.Providers;

/// <summary>46elks as a server of its own: what it was given stands in its ledger, it breaks on demand, and it reports what became of an SMS.</summary>
internal sealed partial class FortySixElksDouble : IAsyncDisposable
{
    public const string Username = "u0123456789abcdef";
    public const string Password = "p-canary-of-a-password";

    private readonly WebApplication app;

    private FortySixElksDouble()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapPost("/a1/sms", TakeAsync);
    }

    public enum Fault
    {
        /// <summary>It never answers, and has nothing.</summary>
        SilentBefore,

        /// <summary>It has the SMS and never answers.</summary>
        SilentAfter,

        /// <summary>It has the SMS and says 500.</summary>
        ErrorAfter,

        /// <summary>429 with <see cref="RetryAfter"/>, and has nothing.</summary>
        TooMany,

        /// <summary>503, and has nothing.</summary>
        Unavailable,

        /// <summary>It has the SMS and cuts the connection before an answer.</summary>
        CutOff,

        /// <summary>It has the SMS and cuts the connection within the answer.</summary>
        CutWithin,

        /// <summary>It has the SMS and says so a byte a second.</summary>
        Slow,

        /// <summary>It has the SMS and answers <see cref="Garbage"/>.</summary>
        Garbled,

        /// <summary>Another <see cref="Status"/>, and has nothing.</summary>
        Status,
    }

    public sealed record Sms(string Id, IReadOnlyDictionary<string, string> Form)
    {
        public string To => Form["to"];

        public string Text => Form["message"];
    }

    public ConcurrentQueue<Sms> Ledger { get; } = new();

    /// <summary>How each coming SMS goes wrong; null for one that does not. An empty list is fair weather.</summary>
    public ConcurrentQueue<Fault?> Faults { get; } = new();

    public string RetryAfter { get; set; } = "2";

    public string Garbage { get; set; } = "<html>";

    public int Status { get; set; } = 400;

    /// <summary>What it reports of each SMS, in this order: twice, turned round or not at all where a test says so.</summary>
    public IReadOnlyList<string> Reports { get; set; } = [];

    /// <summary>Reports come before its own answer.</summary>
    public bool ReportsFirst { get; set; }

    /// <summary>The way to the receipt addresses.</summary>
    public HttpClient? Callbacks { get; set; }

    /// <summary>What the receipt addresses answered.</summary>
    public ConcurrentQueue<HttpStatusCode> Reported { get; } = new();

    public string Address => app.Urls.Single() + "/a1/";

    public static async Task<FortySixElksDouble> StartAsync()
    {
        var server = new FortySixElksDouble();
        await server.app.StartAsync();
        return server;
    }

    public IEnumerable<Sms> SentTo(string phone) => Ledger.Where(sms => sms.To == phone);

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    public async Task ReportAsync(Sms sms, string status)
    {
        var form = new Dictionary<string, string> { ["id"] = sms.Id, ["status"] = status };
        if (status == "delivered")
        {
            form["delivered"] = "2026-05-04T13:37:45.000000";
        }
        using var answer = await Callbacks!.PostAsync(sms.Form["whendelivered"], new FormUrlEncodedContent(form));
        Reported.Enqueue(answer.StatusCode);
    }

    private async Task TakeAsync(HttpContext http)
    {
        var fault = Faults.TryDequeue(out var next) ? next : null;
        if (http.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}")))
        {
            await SayAsync(http, 401, "API access requires Basic HTTP authentication");
            return;
        }
        var form = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()) : [];
        switch (fault)
        {
            case Fault.SilentBefore:
                await NeverAsync(http);
                return;
            case Fault.TooMany:
                http.Response.Headers.RetryAfter = RetryAfter;
                await SayAsync(http, 429, "Too many requests");
                return;
            case Fault.Unavailable:
                await SayAsync(http, 503, "Try later");
                return;
            case Fault.Status:
                http.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
                await SayAsync(http, Status, "No");
                return;
        }
        if (!IsSms(form, out var wrong))
        {
            await SayAsync(http, 400, wrong);
            return;
        }
        var sms = new Sms("s" + Guid.NewGuid().ToString("n"), form);
        Ledger.Enqueue(sms);
        if (ReportsFirst)
        {
            await ReportAllAsync(sms);
        }
        await AnswerTakenAsync(http, sms, fault);
        if (!ReportsFirst)
        {
            _ = ReportAllAsync(sms);
        }
    }

    private async Task AnswerTakenAsync(HttpContext http, Sms sms, Fault? fault)
    {
        // The text is left out, as dontlog=message asks.
        var body = JsonSerializer.Serialize(new
        {
            status = "created", direction = "outgoing", from = sms.Form["from"], created = "2026-05-04T13:37:42.314100", parts = 1, to = sms.To, cost = 5000, id = sms.Id,
        });
        switch (fault)
        {
            case Fault.SilentAfter:
                await NeverAsync(http);
                break;
            case Fault.ErrorAfter:
                await SayAsync(http, 500, "Internal error");
                break;
            case Fault.CutOff:
                http.Abort();
                break;
            case Fault.CutWithin:
                http.Response.ContentLength = body.Length;
                await http.Response.WriteAsync(body[..20]);
                await http.Response.Body.FlushAsync();
                http.Abort();
                break;
            case Fault.Slow:
                foreach (var letter in body)
                {
                    await http.Response.WriteAsync(letter.ToString(), http.RequestAborted);
                    await http.Response.Body.FlushAsync(http.RequestAborted);
                    await Task.Delay(TimeSpan.FromSeconds(1), http.RequestAborted);
                }
                break;
            case Fault.Garbled:
                await http.Response.WriteAsync(Garbage);
                break;
            default:
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync(body);
                break;
        }
    }

    private async Task ReportAllAsync(Sms sms)
    {
        foreach (var status in Reports)
        {
            await ReportAsync(sms, status);
        }
    }

    private static bool IsSms(Dictionary<string, string> form, out string wrong)
    {
        wrong = !SenderPattern().IsMatch(form.GetValueOrDefault("from", "")) ? "Missing or invalid key from"
            : !PhonePattern().IsMatch(form.GetValueOrDefault("to", "")) ? "Missing or invalid key to"
            : form.GetValueOrDefault("message", "").Length == 0 ? "Missing key message"
            : "";
        return wrong.Length == 0;
    }

    private static Task SayAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(text);
    }

    private static async Task NeverAsync(HttpContext http)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }

    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9]{0,10}|\+[1-9][0-9]{6,14})$")]
    private static partial Regex SenderPattern();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex PhonePattern();
}
