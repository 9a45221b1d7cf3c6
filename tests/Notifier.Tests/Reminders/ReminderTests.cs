using Ums.Messages.Commands;
using Ums.Messages.Events;
using Ums.Notifier.Reminders;
using Ums.Notifier.Tests.Alerts;
using Ums.Notifier.Texts;
using Ums.Testing;

namespace Ums.Notifier.Tests.Reminders;

public class ReminderTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private static readonly DateTimeOffset AnswerBy = new(2027, 1, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task a_resident_is_asked_once_in_the_organisations_name_however_often_the_bus_says_so()
    {
        var asked = Ask("sms");
        var phone = Phone(asked);
        for (var i = 0; i < 3; i++)
            await notifier.Bus.PublishAsync(asked);

        var sent = await Eventually.GetAsync(() => Task.FromResult(notifier.First.Ledger.Concat(notifier.Second.Ledger).FirstOrDefault(message => message.To == phone)));
        Assert.Equal("Piteå kommun: Stämmer ditt nummer för servicebesked än? Logga in i vår portal och svara ja senast 2027-01-26. Annars slutar vi skicka till det.", sent.Text);
        Assert.Equal("Pitea", sent.From);
        var id = await Eventually.GetAsync(() => notifier.QueryAsync<string>("select id::text from messages where purpose = 'confirmation' and source_id = $1", asked.ReminderId));
        await notifier.Bus.PublishedAsync<MessageAccepted>(message => message.MessageId == Guid.Parse(id) && message.Purpose == SendReminder.Purpose);
        // One that stands behind them in the queue has gone: they have been through.
        var last = Ask("sms");
        await notifier.Bus.PublishAsync(last);
        await Eventually.TrueAsync(() => notifier.First.Ledger.Concat(notifier.Second.Ledger).Any(message => message.To == Phone(last)));
        Assert.Single(notifier.First.Ledger.Concat(notifier.Second.Ledger), message => message.To == phone);
    }

    [Fact]
    public async Task a_landline_is_called()
    {
        var asked = Ask("voice");
        await notifier.Bus.PublishAsync(asked);
        var call = await Eventually.GetAsync(() => Task.FromResult(notifier.First.Ledger.Concat(notifier.Second.Ledger).FirstOrDefault(message => message.To == Phone(asked))));
        Assert.Equal(("+46846500400", 3), (call.From, call.Text.Split("Stämmer ditt nummer").Length));
    }

    [Fact]
    public async Task what_came_too_late_is_not_sent()
    {
        var asked = Ask("sms") with { ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(-1) };
        await notifier.Bus.PublishAsync(asked);
        await Eventually.PassesAsync(async () => Assert.Equal("expired", await notifier.QueryAsync<string>("select state from messages where source_id = $1", asked.ReminderId)));
        Assert.DoesNotContain(notifier.First.Ledger.Concat(notifier.Second.Ledger), message => message.To == Phone(asked));
    }

    [Theory]
    [InlineData("smoke", true, true)]
    [InlineData(null, true, true)]
    [InlineData("sms", false, true)]
    [InlineData("sms", true, false)]
    public async Task what_is_no_question_to_anybody_ends_in_the_error_queue(string? channel, bool sealedRight, bool named)
    {
        var asked = Ask(channel!) with { ReminderId = named ? Guid.CreateVersion7() : Guid.Empty };
        var before = await notifier.Bus.CountAsync(Errors) ?? 0;
        await notifier.Bus.PublishAsync(sealedRight ? asked : asked with { Sealed = [1, 2, 3] });
        await Eventually.TrueAsync(async () => await notifier.Bus.CountAsync(Errors) > before, TimeSpan.FromSeconds(40));
        Assert.Null(await notifier.QueryAsync<string>("select state from messages where source_id = $1", asked.ReminderId));
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    [InlineData("nb-NO")]
    [InlineData("fi")]
    public void it_is_one_part_whatever_the_organisation_is_called_and_has_no_link(string language)
    {
        foreach (var name in new[] { "Piteå kommun", "Giron/Kiruna kommun, Áile ja Čuovžžat", new string('Å', 200), "水" })
        {
            var text = Assert.Single(ReminderText.Sms(language, name, AnswerBy)).Text;
            Assert.Equal((SmsEncoding.Gsm7, 1), (SmsText.Count(text).Encoding, SmsText.Count(text).Parts));
            Assert.Contains("2027-01-26", text, StringComparison.Ordinal);
            Assert.DoesNotContain("http", text, StringComparison.Ordinal);
        }
    }

    private const string Errors = "notifier-ask-to-confirm_error";

    private string Phone(AskToConfirm asked) => notifier.Personal.Open(asked.OrganisationId, asked.Sealed);

    private AskToConfirm Ask(string channel) => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), NotifierFixture.Organisation, channel, notifier.Personal.Seal(NotifierFixture.Organisation, AlertFixture.People(1)[0].Phone),
        AnswerBy, DateTimeOffset.UtcNow.AddHours(1), DateTimeOffset.UtcNow);
}
