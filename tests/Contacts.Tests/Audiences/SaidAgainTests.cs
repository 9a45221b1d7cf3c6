using Ums.Messages.Commands;
using Ums.Testing;
using static Ums.Contacts.Tests.Audiences.AudienceWorld;

namespace Ums.Contacts.Tests.Audiences;

/// <summary>A broker that lost its disk has lost what it confirmed; the alert must still find its people.</summary>
public sealed class SaidAgainTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task what_was_answered_is_said_again_to_the_letter_whatever_has_changed_since()
    {
        var world = await new AudienceWorld(service).Person(Kungsgatan1, Mobile(1)).Person(Kungsgatan8, Mobile(2)).ImportedAsync();
        var question = world.Question(new Audience { Everyone = true });
        await service.Bus.PublishAsync(question);
        await world.AnsweredAsync(question.AlertId);
        var said = Batches(question.AlertId);
        await world.ChangeAsync("alerts = false", Mobile(1));

        await service.Bus.PublishAsync(question with { OccurredAt = DateTimeOffset.UtcNow });

        await Eventually.TrueAsync(() => Batches(question.AlertId).Count >= said.Count * 2);
        Assert.All(Batches(question.AlertId).GroupBy(batch => batch.Number), same => Assert.Single(same.Select(batch => Convert.ToHexString(batch.Sealed)).Distinct()));
    }

    [Fact]
    public async Task what_has_come_is_not_said_again_and_another_organisation_hears_nothing()
    {
        var world = await new AudienceWorld(service).Person(Kungsgatan1, Mobile(1)).ImportedAsync();
        var question = world.Question(new Audience { Everyone = true });
        await service.Bus.PublishAsync(question);
        await world.AnsweredAsync(question.AlertId);
        var last = Batches(question.AlertId).Max(batch => batch.Number);

        var stranger = new AudienceWorld(service);
        await service.Bus.PublishAsync(question with { From = last + 1 });
        await service.Bus.PublishAsync(stranger.Question(new Audience { Everyone = true }, alert: question.AlertId));

        await Eventually.TrueAsync(async () => await service.QueryAsync<long>("select count(*) from inbox where endpoint = 'contacts-resolve-audience'") >= 3);
        Assert.All(Batches(question.AlertId), batch => Assert.Equal(world.Organisation.Id, batch.OrganisationId));
        Assert.Equal(last + 1, Batches(question.AlertId).Select(batch => batch.Number).Distinct().Count());
    }

    private IReadOnlyList<AudienceBatch> Batches(Guid alert) => service.Bus.Published<AudienceBatch>(batch => batch.AlertId == alert);
}
