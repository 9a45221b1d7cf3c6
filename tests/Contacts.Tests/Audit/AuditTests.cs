using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Tests.Audit;

public sealed class AuditTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task every_change_leaves_a_line_with_who_when_and_what()
    {
        var resident = await service.RegisteredAsync();
        await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan);
        var extra = await resident.AddressIdAsync(Neighbours.BirgerJarlsgatan);
        await resident.SwitchAlertsAsync(extra, false);
        await resident.Http.PutAsync($"/api/contact/addresses/{extra}/main", null);
        var phone = ContactsFixture.FreshNumber();
        await resident.AddPhoneAsync(phone);
        await resident.Http.DeleteAsync($"/api/contact/addresses/{await resident.AddressIdAsync(Neighbours.SanktEriksgatan)}");

        var audit = (await resident.ExportAsync()).GetProperty("audit").EnumerateArray().ToList();

        Assert.Equal(
            ["contact-registered", "phone-added", "address-added", "address-added", "alerts-switched-off", "main-address-changed", "phone-added", "address-removed"],
            audit.Select(line => line.GetProperty("action").GetString()));
        Assert.All(audit, line => Assert.Equal("resident", line.GetProperty("actor").GetString()));
        Assert.Equal(extra, audit[4].GetProperty("field").GetString());
        var contact = (await resident.ContactAsync()).GetProperty("id").GetGuid();
        Assert.Equal(8, await service.QueryAsync<long>(
            "select count(*) from audit_entries where contact_id = $1 and actor_id = $2 and phone_index is not null and at > now() - interval '1 minute'", contact, resident.Subject.ToString()));
    }

    [Fact]
    public async Task the_trail_outlives_the_entry_and_the_service_can_neither_alter_nor_shorten_it()
    {
        var resident = await service.RegisteredAsync();
        var contact = (await resident.ContactAsync()).GetProperty("id").GetGuid();
        await resident.Http.DeleteAsync("/api/contact");

        Assert.Equal(4, await service.QueryAsync<long>("select count(*) from audit_entries where contact_id = $1", contact));
        foreach (var sql in new[] { "update audit_entries set action = 'x'", "delete from audit_entries", "truncate audit_entries" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => service.InScopeAsync<ContactsDb, int>(db =>
                db.InOrganisationAsync(ContactsFixture.Stockholm.Id, token => db.Database.ExecuteSqlRawAsync(sql, token), CancellationToken.None)));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }
}
