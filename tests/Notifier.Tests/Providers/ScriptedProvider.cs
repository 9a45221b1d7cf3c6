using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Providers;

/// <summary>A provider that answers each number as a test has told it, and keeps a ledger of what it was given.</summary>
internal sealed class ScriptedProvider(string name) : IMessageProvider
{
    private readonly ConcurrentDictionary<string, Queue<Func<Task<ProviderAnswer>>>> scripts = new();

    public ConcurrentQueue<OutboundMessage> Ledger { get; } = new();

    public string Name => name;

    public DateTimeOffset QuietUntil { get; set; }

    public bool Carries(Channel channel) => true;

    public void Answers(string phone, params ProviderAnswer[] answers) =>
        scripts[phone] = new(answers.Select(answer => new Func<Task<ProviderAnswer>>(() => Task.FromResult(answer))));

    public void Answers(string phone, Func<Task<ProviderAnswer>> answer) => scripts[phone] = new([answer]);

    public IReadOnlyList<OutboundMessage> SentTo(string phone) => [.. Ledger.Where(message => message.To == phone)];

    public Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        Ledger.Enqueue(message);
        return scripts.TryGetValue(message.To, out var script) && script.TryDequeue(out var answer)
            ? answer().WaitAsync(cancellationToken)
            : Task.FromResult<ProviderAnswer>(new ProviderAnswer.Accepted(message.AttemptId.ToString()));
    }

    public Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Enum.TryParse<ReceiptKind>(request.Headers["Test-Receipt"], out var kind) ? new Receipt(kind, kind == ReceiptKind.Failed ? "absent" : null, request.Headers.ContainsKey("Test-Key")) : null);
}

/// <summary>Notifier with two scripted providers instead of the double.</summary>
public class ScriptedFixture : NotifierFixture
{
    internal ScriptedProvider First { get; } = new("first");

    internal ScriptedProvider Second { get; } = new("second");

    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Providers:Use:0"] = "first";
        settings["Providers:Use:1"] = "second";
        settings["Providers:Timeout"] = "00:00:05";
        // These tests make more faults than any breaker likes; it has tests of its own.
        settings["Providers:BreakerThroughput"] = "10000";
        settings["Providers:Routing:ShiftEvery"] = "01:00:00";
    }

    protected override void ConfigureServices(IServiceCollection services)
    {
        services.RemoveAll<IMessageProvider>();
        services.AddSingleton<IMessageProvider>(First);
        services.AddSingleton<IMessageProvider>(Second);
    }
}
