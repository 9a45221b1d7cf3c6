using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Ums.Contacts.Confirmations;
using Ums.Contacts.Demo;
using Ums.Contacts.Tests.RegisterImport;
using Ums.Messages.Commands;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Secrets;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.Confirmations;

/// <summary>The years pass on a clock of the tests' own; the database is a real one.</summary>
public sealed class ConfirmationTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    /// <summary>A Wednesday at noon in Sweden, some time after everybody here has registered.</summary>
    private static readonly DateTimeOffset Noon = WednesdayAfter(DateTimeOffset.UtcNow);

    [Fact]
    public async Task nobody_is_asked_before_sixteen_months_and_then_once_by_a_mobile_where_there_is_one()
    {
        var resident = service.Stranger(phone: FictionNumbers.Mobile[^1]);
        await resident.RegisterAsync(Neighbours.SanktEriksgatan);
        await ReadAsync(await resident.AddPhoneAsync("+46313900602"), HttpStatusCode.Created);
        var id = await IdAsync(resident);
        await SweepAsync(Noon.AddMonths(16).AddDays(-40));
        Assert.Null(await service.QueryAsync<DateTime?>("select reminded_at from contacts where id = $1", id));

        var due = WednesdayAfter(Noon.AddMonths(16));
        await SweepAsync(due);
        await SweepAsync(due.AddHours(1));

        var asked = await service.Bus.PublishedAsync<AskToConfirm>(message => message.ContactId == id);
        Assert.Equal((resident.Organisation.Id, "sms", due.AddMonths(2)), (asked.OrganisationId, asked.Channel, asked.AnswerBy));
        Assert.Equal(resident.Phone, service.Services.GetRequiredService<PersonalData>().Open(asked.OrganisationId, asked.Sealed));
        Assert.DoesNotContain(resident.Phone[3..], JsonSerializer.Serialize(asked), StringComparison.Ordinal);
        Assert.Equal(due, Confirmation(await resident.ContactAsync()).GetProperty("remindedAt").GetDateTimeOffset());
        await service.Bus.PublishedAsync<AskToConfirm>(message => message.ContactId == id);
        Assert.Single(service.Bus.MessageIds<AskToConfirm>(message => message.ContactId == id).Distinct());
        Assert.Contains("asked-to-confirm", (await resident.ExportAsync()).GetProperty("audit").EnumerateArray().Select(line => line.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task without_an_answer_the_entry_is_passive_and_reaches_nobody_until_one_button_makes_it_active()
    {
        var resident = await service.RegisteredAsync(ContactsFixture.Energi);
        var id = await IdAsync(resident);
        var due = WednesdayAfter(Noon.AddMonths(16));
        await SweepAsync(due);
        await SweepAsync(due.AddMonths(2).AddMinutes(-1));
        Assert.Equal(1, await ReachedAsync(resident));

        await SweepAsync(due.AddMonths(2));

        Assert.Equal(0, await ReachedAsync(resident));
        Assert.Equal(due.AddMonths(2), Confirmation(await resident.ContactAsync()).GetProperty("passiveAt").GetDateTimeOffset());
        var version = (await service.Bus.PublishedAsync<ContactChanged>(e => e.ContactId == id && e.Changed == "passive")).Version;

        await ReadAsync(await ConfirmAsync(resident), HttpStatusCode.NoContent);

        Assert.Equal(1, await ReachedAsync(resident));
        Assert.Equal(JsonValueKind.Null, Confirmation(await resident.ContactAsync()).GetProperty("passiveAt").ValueKind);
        Assert.Equal(version + 1, (await service.Bus.PublishedAsync<ContactChanged>(e => e.ContactId == id && e.Changed == "active")).Version);
        var actions = (await resident.ExportAsync()).GetProperty("audit").EnumerateArray().Select(line => $"{line.GetProperty("actor")} {line.GetProperty("action")}").ToList();
        Assert.Equal(["service asked-to-confirm", "service became-passive", "resident made-active"], actions[^3..]);
    }

    [Fact]
    public async Task who_answers_is_asked_again_only_after_another_sixteen_months()
    {
        var resident = await service.RegisteredAsync();
        var id = await IdAsync(resident);
        await SweepAsync(WednesdayAfter(Noon.AddMonths(16)));
        foreach (var _ in new[] { 1, 2 })
            await ReadAsync(await ConfirmAsync(resident), HttpStatusCode.NoContent);
        Assert.Equal(1, await service.QueryAsync<long>("select count(*) from audit_entries where contact_id = $1 and action = 'confirmed'", id));

        // Their word was given by the real clock, so the months count from there.
        await SweepAsync(Noon.AddMonths(15));
        Assert.Equal(JsonValueKind.Null, Confirmation(await resident.ContactAsync()).GetProperty("remindedAt").ValueKind);
        await SweepAsync(WednesdayAfter(Noon.AddMonths(16)));
        Assert.NotEqual(JsonValueKind.Null, Confirmation(await resident.ContactAsync()).GetProperty("remindedAt").ValueKind);
    }

    [Fact]
    public async Task who_has_changed_something_themselves_has_said_so_by_it()
    {
        var resident = await service.RegisteredAsync();
        var id = await IdAsync(resident);
        await service.ExecuteAsync("update contacts set created_at = now() - interval '17 months' where id = $1", id);
        var today = WednesdayAfter(DateTimeOffset.UtcNow);

        await SweepAsync(today);

        var confirmation = Confirmation(await resident.ContactAsync());
        Assert.Equal(JsonValueKind.Null, confirmation.GetProperty("remindedAt").ValueKind);
        Assert.True(confirmation.GetProperty("confirmedAt").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddHours(-1));
    }

    [Fact]
    public async Task what_the_register_answers_for_is_nobodys_to_confirm()
    {
        var world = new RegisterWorld(service);
        await world.ImportAsync(world.AnnasRow);
        var anna = world.SignedIn(world.Anna);
        await SweepAsync(WednesdayAfter(Noon.AddYears(5)));
        Assert.Equal(JsonValueKind.Null, (await anna.ContactAsync()).GetProperty("confirmation").ValueKind);
        Assert.Empty(service.Bus.Published<AskToConfirm>(message => message.OrganisationId == world.Organisation.Id));
        await RefusedAsync(await ConfirmAsync(anna), HttpStatusCode.Conflict, "not-own-entry");
        await RefusedAsync(await ConfirmAsync(service.Stranger()), HttpStatusCode.NotFound, "not-registered");
    }

    [Fact]
    public async Task many_are_asked_batch_by_batch_and_by_two_replicas_each_once()
    {
        var organisation = Guid.CreateVersion7();
        await service.ExecuteAsync("""
            with made as (
                insert into contacts (id, organisation_id, kind, source, given_name, family_name, is_new, created_at, changed_at)
                select gen_random_uuid(), $1, 'private', 'supplementaryRegister', '\x00', '\x00', true, now() - interval '30 years', now() from generate_series(1, 450) returning id)
            insert into phones (id, organisation_id, contact_id, contact_kind, kind, source, number, number_index, created_at)
            select gen_random_uuid(), $1, id, 'private', 'landline', 'supplementaryRegister', '\x01', decode(md5(id::text), 'hex'), now() from made
            """, organisation);
        var noon = WednesdayAfter(DateTimeOffset.UtcNow);

        var done = new List<(int Asked, int Passive)>();
        for (var round = 0; round < 6; round++)
            done.AddRange(await Task.WhenAll(At(noon).SweepAsync(default), At(noon).SweepAsync(default)));

        Assert.All(done, one => Assert.InRange(one.Asked, 0, AskWhoIsDue.BatchSize));
        Assert.Equal(450, await service.QueryAsync<long>("select count(*) from contacts where organisation_id = $1 and reminded_at is not null", organisation));
        Assert.Equal(450, await service.QueryAsync<long>("select count(*) from audit_entries where organisation_id = $1", organisation));
        await Ums.Testing.Eventually.PassesAsync(() =>
        {
            var sent = service.Bus.Published<AskToConfirm>(message => message.OrganisationId == organisation);
            Assert.Equal((450, 450), (sent.Select(message => message.ContactId).Distinct().Count(), sent.Select(message => message.ReminderId).Distinct().Count()));
            Assert.All(sent, message => Assert.Equal("voice", message.Channel));
            return Task.CompletedTask;
        });
        await service.ExecuteAsync("delete from contacts where organisation_id = $1", organisation);
    }

    [Fact]
    public async Task what_is_cut_short_is_done_by_the_next()
    {
        var resident = await service.RegisteredAsync();
        var due = WednesdayAfter(Noon.AddMonths(16));
        await using (var other = new NpgsqlConnection(service.ConnectionString))
        {
            await other.OpenAsync();
            await using var begun = await other.BeginTransactionAsync();
            await new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('ask who is due', 0))", other, begun).ExecuteNonQueryAsync();
            Assert.Equal(default, await SweepAsync(due));
        }
        using var cut = new CancellationTokenSource();
        await cut.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => At(due).SweepAsync(cut.Token));

        await SweepAsync(due);

        Assert.NotEqual(JsonValueKind.Null, Confirmation(await resident.ContactAsync()).GetProperty("remindedAt").ValueKind);
    }

    private Task<(int Asked, int Passive)> SweepAsync(DateTimeOffset now) => At(now).SweepAsync(CancellationToken.None);

    private AskWhoIsDue At(DateTimeOffset now) => new(service.Services.GetRequiredService<IServiceScopeFactory>(), new FakeTimeProvider(now), NullLogger<AskWhoIsDue>.Instance);

    private async Task<int> ReachedAsync(Resident resident)
    {
        using var client = service.ClientWith(service.Tokens.Client("notifier", "audience.read", "contacts"));
        var answer = await ReadAsync(await client.PostAsJsonAsync("/internal/audiences/count", new { organisationId = resident.Organisation.Id, audience = new { everyone = true } }), HttpStatusCode.OK);
        return answer.GetProperty("phones").GetInt32();
    }

    private static Task<HttpResponseMessage> ConfirmAsync(Resident resident) => resident.Http.PutAsync(new Uri("/api/contact/confirmation", UriKind.Relative), null);

    private static async Task<Guid> IdAsync(Resident resident) => (await resident.ContactAsync()).GetProperty("id").GetGuid();

    private static JsonElement Confirmation(JsonElement contact) => contact.GetProperty("confirmation");

    private static DateTimeOffset WednesdayAfter(DateTimeOffset time)
    {
        var noon = new DateTimeOffset(time.UtcDateTime.Date.AddDays(1).AddHours(11), TimeSpan.Zero);
        while (noon.DayOfWeek != DayOfWeek.Wednesday)
            noon = noon.AddDays(1);
        return noon;
    }
}
