using System.Net;
using System.Text.Json;
using Ums.Messages.Events;
using static Ums.Contacts.Tests.RegisterImport.Uploads.UploadWorld;

namespace Ums.Contacts.Tests.RegisterImport.Uploads;

public sealed class RollBackTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private const string State = """
        select string_agg(line, E'\n' order by line) from (
            select concat_ws('|', 'c', id, kind, source, encode(register_key, 'hex'), encode(register_print, 'hex'), encode(given_name, 'hex'), name_hidden, main_chosen) as line from contacts where organisation_id = $1
            union all select concat_ws('|', 'p', id, contact_id, kind, source, encode(number, 'hex'), encode(number_index, 'hex'), removed_at) from phones where organisation_id = $1
            union all select concat_ws('|', 'a', id, contact_id, address_id, source, main, alerts, alerts_chosen, st_astext(position), removed_at) from addresses where organisation_id = $1
            union all select concat_ws('|', 'o', encode(register_key, 'hex')) from opt_outs where organisation_id = $1) as lines
        """;

    [Fact]
    public async Task all_is_as_it_was()
    {
        var world = new UploadWorld(service);
        await world.ImportedAsync(Csv(world.AnnasRow, world.BosRow, Row("cia", "Cia", "", Neighbours.SanktEriksgatan)));
        var (anna, bo) = (world.SignedIn(world.Anna), world.SignedIn(world.Bo));
        await anna.AddAddressAsync(Neighbours.BirgerJarlsgatan);
        await bo.SwitchAlertsAsync(await bo.AddressIdAsync(Neighbours.BirgerJarlsgatanB), false);
        var before = await StateAsync(world);

        // Anna moves, Bo is gone (he had switched alerts off), Cia is unchanged, Dan comes.
        var done = await world.ImportedAsync(Csv(Row("anna", "Anna-Maja", world.Anna, Neighbours.BirgerJarlsgatanB), Row("cia", "Cia", "", Neighbours.SanktEriksgatan), Row("dan", "Dan", world.Bo, Neighbours.SanktEriksgatan)));
        Assert.Equal((1, 1, 1), (Number(done, "added"), Number(done, "changed"), Number(done, "gone")));
        Assert.NotEqual(before, await StateAsync(world));
        await RolledBackAsync(world, done);

        Assert.Equal(before, await StateAsync(world));
        Assert.Equal(0, await world.CountAsync("register_undo"));
        await service.Bus.PublishedAsync<ContactRemoved>(removed => removed.OrganisationId == world.Organisation.Id);
        // The next import finds all as before too.
        Assert.Equal(3, Number(await world.ReadyAsync(Csv(world.AnnasRow, world.BosRow, Row("cia", "Cia", "", Neighbours.SanktEriksgatan))), "unchanged"));
    }

    [Fact]
    public async Task what_a_resident_changed_since_stays()
    {
        var world = new UploadWorld(service);
        await world.ImportedAsync(Csv(world.AnnasRow));
        var done = await world.ImportedAsync(Csv(Row("anna", "Anna", world.Anna, Neighbours.BirgerJarlsgatan), world.BosRow));
        var (anna, bo) = (world.SignedIn(world.Anna), world.SignedIn(world.Bo));
        await anna.SwitchAlertsAsync(await anna.AddressIdAsync(Neighbours.BirgerJarlsgatan), false);
        await bo.AddAddressAsync(Neighbours.SanktEriksgatan);
        var before = await StateAsync(world);

        await RolledBackAsync(world, done);

        Assert.Equal(before, await StateAsync(world));
    }

    [Fact]
    public async Task a_protected_identity_does_not_come_back()
    {
        var world = new UploadWorld(service);
        await world.ImportedAsync(Csv(world.AnnasRow, world.BosRow));
        var done = await world.ImportedAsync(Csv(world.AnnasRow, Row("bo", "", "", Neighbours.SanktEriksgatan, isProtected: "1")));
        Assert.Equal(0, await world.CountAsync("register_undo"));

        await RolledBackAsync(world, done);

        Assert.Equal(1, await world.CountAsync("contacts"));
        await Resident.RefusedAsync(await world.SignedIn(world.Bo).Http.GetAsync("/api/contact"), HttpStatusCode.NotFound, "not-registered");
    }

    [Fact]
    public async Task only_the_latest_and_only_for_some_days()
    {
        var world = new UploadWorld(service);
        var first = (await world.ImportedAsync(Csv(world.AnnasRow))).GetProperty("id").GetGuid();
        var second = (await world.ImportedAsync(Csv(world.BosRow))).GetProperty("id").GetGuid();

        await Resident.RefusedAsync(await world.DoAsync(first, "roll-back"), HttpStatusCode.Conflict, "overtaken");
        await service.ExecuteAsync("update register_uploads set merged_at = merged_at - interval '15 days' where id = $1", second);
        await service.ExecuteAsync("update register_imports set finished_at = finished_at - interval '15 days' where id = $1", second);
        await Resident.RefusedAsync(await world.DoAsync(second, "roll-back"), HttpStatusCode.Conflict, "too-late");
        await service.InScopeAsync<Ums.Contacts.RegisterImport.Uploads.RunUploads, int>(async runs =>
        {
            await runs.SweepAsync(CancellationToken.None);
            return 0;
        });
        Assert.Equal(0, await service.QueryAsync<long>("select count(*) from register_undo where upload_id = $1", second));
    }

    private static int Number(JsonElement upload, string name) => upload.GetProperty(name).GetInt32();

    private static async Task RolledBackAsync(UploadWorld world, JsonElement done)
    {
        var id = done.GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.Accepted, (await world.DoAsync(id, "roll-back")).StatusCode);
        await Ums.Testing.Eventually.TrueAsync(async () => (await world.GetAsync(id)).GetProperty("state").GetString() is "rolled-back" or "failed");
        await world.UntilAsync(id, "rolled-back");
    }

    private Task<string?> StateAsync(UploadWorld world) => service.QueryAsync<string>(State, world.Organisation.Id);
}
