using Microsoft.Extensions.DependencyInjection;
using Ums.Notifier.Providers;
using Ums.Notifier.Tests.Providers;

namespace Ums.Notifier.Tests.Phone;

/// <summary>The telephone double is a provider like any other.</summary>
public class PhoneDoubleTests(NotifierFixture notifier) : ProviderContract, IClassFixture<NotifierFixture>
{
    internal override IMessageProvider Provider => notifier.Services.GetRequiredService<IMessageProvider>();

    /// <summary>It has no far end that could fail.</summary>
    protected override IReadOnlySet<Fault> Faults { get; } = new HashSet<Fault>();

    protected override async Task<IReadOnlyList<string>> ArrivedAsync(string phone) => (await notifier.PhoneAsync(phone)).ConvertAll(message => message.Text);

    protected override void Break(Fault fault) => throw new NotSupportedException();

    internal override (string ContentType, string Body) Write(ReceiptKind kind) => ("application/json", $$"""{"status": "{{kind.ToString().ToLowerInvariant()}}"}""");
}
