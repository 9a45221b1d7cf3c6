using System.Net;
using Ums.Messages.Events;
using Ums.ProviderDoubles.Faults;
using Ums.ProviderDoubles.Ledger;
using Ums.ProviderDoubles.Wires;

namespace Ums.Notifier.Tests.Providers;

/// <summary>A PIN's whole way through the service to 46elks, and its receipts' way back.</summary>
public class FortySixElksDeliveryTests(FortySixElksFixture notifier) : IClassFixture<FortySixElksFixture>
{
    [Theory]
    [InlineData("delivered", "delivered")]
    [InlineData("failed", "failed")]
    [InlineData("delivered", "delivered", "delivered", "delivered")]
    [InlineData("delivered", "sent", "delivered", "sent", "failed")]
    [InlineData("failed", "failed", "delivered", "sent")]
    public async Task receipts_settle_an_sms_once_and_for_all(string state, params string[] reports)
    {
        var (request, sms) = await SendAsync();
        notifier.Elks.Reporter.Answers.Clear();

        foreach (var report in reports)
        {
            await notifier.Elks.Reporter.ReportAsync(sms, report);
        }

        Assert.Equal(state, await notifier.StateAsync(request.DeliveryId));
        Assert.All(notifier.Elks.Reporter.Answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer));
    }

    [Fact]
    public async Task a_receipt_before_the_answer_counts_and_the_reference_is_kept()
    {
        (notifier.Elks.Reporter.States, notifier.Elks.Weather.Plan) = (["delivered"], new FaultPlan(ReceiptEarly: 1));
        try
        {
            var (request, sms) = await SendAsync(state: "delivered");

            Assert.Equal(sms.Id, await notifier.QueryAsync<string>(
                "select a.reference from attempts a join messages m on m.id = a.message_id where m.source_id = $1", request.DeliveryId));
        }
        finally
        {
            (notifier.Elks.Reporter.States, notifier.Elks.Weather.Plan) = ([], FaultPlan.None);
        }
    }

    [Fact]
    public async Task a_receipt_tells_what_a_lost_answer_did_not()
    {
        notifier.Elks.Weather.Next.Enqueue(Fault.SilentAfter);
        var (request, sms) = await SendAsync(state: "unknown");

        await notifier.Elks.Reporter.ReportAsync(sms, "delivered");

        Assert.Equal("delivered", await notifier.StateAsync(request.DeliveryId));
    }

    [Theory]
    [InlineData(Fault.TooMany, 429)]
    [InlineData(Fault.Status, 401)]
    [InlineData(Fault.Status, 403)]
    public async Task what_46elks_does_not_take_goes_to_the_next_provider(object fault, int status)
    {
        (notifier.Elks.Weather.Status, notifier.Elks.Weather.RetryAfter) = (status, "0");
        notifier.Elks.Weather.Next.Enqueue((Fault)fault);
        var before = notifier.Elks.Ledger.Count;
        var phone = NotifierFixture.NewMobile();

        using var answer = await notifier.HandOverAsync(notifier.Request(phone));

        Assert.NotEmpty(await notifier.ReceivedAsync(phone));
        Assert.Equal(before, notifier.Elks.Ledger.Count);
    }

    [Fact]
    public async Task a_call_goes_to_a_provider_that_carries_calls()
    {
        var before = notifier.Elks.Ledger.Count;
        var request = notifier.Request(NotifierFixture.Landline, channel: "voice");

        using var answer = await notifier.HandOverAsync(request);

        await notifier.BecomesAsync(request.DeliveryId, "delivered");
        Assert.Equal(before, notifier.Elks.Ledger.Count);
    }

    [Fact]
    public async Task neither_the_account_nor_the_pin_nor_the_number_stands_in_the_logs()
    {
        const string Pin = "7391528460";
        foreach (var fault in new Fault?[] { null, Fault.ErrorAfter, Fault.CutOff, Fault.CutWithin, Fault.Garbled })
        {
            notifier.Elks.Weather.Next.Enqueue(fault);
            using var answer = await notifier.HandOverAsync(notifier.Request("+46701740698", Pin));
        }

        Assert.Equal(5, notifier.Elks.SentTo("+46701740698").Count(sms => sms.Text.Contains(Pin, StringComparison.Ordinal)));
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{FortySixElksWire.Username}:{FortySixElksWire.Password}"));
        foreach (var secret in new[] { FortySixElksWire.Username, FortySixElksWire.Password, basic, Pin, "46701740698" })
        {
            Assert.DoesNotContain(secret, notifier.Logs.Text, StringComparison.Ordinal);
        }
    }

    private async Task<(PinRequested Request, LedgerEntry Sms)> SendAsync(string state = "accepted")
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        using var answer = await notifier.HandOverAsync(request);
        await notifier.BecomesAsync(request.DeliveryId, state);
        return (request, notifier.Elks.SentTo(phone)[^1]);
    }
}
