using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.Contacts.Tests.Audiences;
using Ums.Contacts.Tests.RegisterImport;
using Ums.Contacts.Tests.RegisterImport.Uploads;
using Ums.Messages.Commands;
using static Ums.Contacts.Tests.Audiences.AudienceWorld;

namespace Ums.Contacts.Tests.Records;

/// <summary>Restriction, objection and erasure (GDPR articles 17, 18 and 21), and that imports and alerts heed them.</summary>
public sealed class RightsTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private static readonly Audience Everyone = new() { Everyone = true };

    [Theory]
    [InlineData("restriction")]
    [InlineData("objection")]
    public async Task who_is_restricted_or_objects_is_left_out_of_every_audience_and_comes_back_when_that_ends(string what)
    {
        var world = await new AudienceWorld(service).Person(Kungsgatan1, Mobile(1)).Person(Kungsgatan1, Mobile(2)).ImportedAsync();
        var id = await LimitAsync(world, Mobile(1), what, on: true);

        Assert.Equal([Mobile(2)], await world.PhonesAsync(Everyone));
        Assert.Equal([Mobile(2)], await world.PhonesAsync(new Audience { Areas = [Square] }, expected: 100_000));
        Assert.Equal([Mobile(2)], await world.PhonesAsync(new Audience { Areas = [Square], OncePerHousehold = true }));
        Assert.Equal([Mobile(2), Mobile(3)], await world.PhonesAsync(new Audience { Phones = [Mobile(1), Mobile(2), Mobile(3)] }));
        var count = await world.CountAsync(Everyone);
        Assert.Equal((1, 1), (count.GetProperty("phones").GetInt32(), count.GetProperty("switchedOff").GetInt32()));
        count = await world.CountAsync(new Audience { Phones = [Mobile(1), Mobile(2)] });
        Assert.Equal((1, 1, 0), (count.GetProperty("phones").GetInt32(), count.GetProperty("switchedOff").GetInt32(), count.GetProperty("duplicates").GetInt32()));

        await LimitAsync(world, Mobile(1), what, on: false);
        Assert.Equal([Mobile(1), Mobile(2)], await world.PhonesAsync(Everyone));
        Assert.Equal(2, await service.QueryAsync<long>("select count(*) from audit_log where organisation_id = $1 and person_id = $2 and action like 'contact-%' and reason is not null", world.Organisation.Id, id));
    }

    [Fact]
    public async Task a_list_number_that_somebody_else_holds_too_still_goes_out()
    {
        var world = await new AudienceWorld(service).Person(Kungsgatan1, Mobile(1)).Company(Aallen, Mobile(1)).ImportedAsync();
        await LimitAsync(world, Mobile(1), "objection", on: true);

        Assert.Equal([Mobile(1)], await world.PhonesAsync(new Audience { Phones = [Mobile(1)] }));
        Assert.Equal([Mobile(1)], await world.PhonesAsync(Everyone));
    }

    [Fact]
    public async Task a_protected_identity_is_warned_and_shows_on_no_map()
    {
        var world = await new AudienceWorld(service).Person(Kungsgatan1, Mobile(1)).ImportedAsync();
        await service.ExecuteAsync("update contacts set protected = true where organisation_id = $1", world.Organisation.Id);

        var member = Assert.Single(await world.ResolvedAsync(Everyone));
        Assert.Equal((Mobile(1), null, null), (member.Phone, member.Latitude, member.Longitude));
        Assert.Equal(0, (await Resident.ReadAsync(await world.PostAsync("points", Everyone), HttpStatusCode.OK)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task what_is_restricted_is_changed_by_nobody()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync();
        var card = await desk.DoneAsync(HttpMethod.Put, id, "/restriction", new { on = true, reason = "Bestrider att uppgifterna stämmer" });
        Assert.Equal("Bestrider att uppgifterna stämmer", card.GetProperty("restriction").GetProperty("reason").GetString());
        var address = card.GetProperty("addresses")[0].GetProperty("id").GetString();

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Put, "", new { givenName = "Karin" }), (HttpMethod.Post, "/erase", new { reason = "Ett skäl" }), (HttpMethod.Post, "/phones", new { number = ContactsFixture.FreshNumber() }),
            (HttpMethod.Put, $"/addresses/{address}/alerts", new { enabled = false }), (HttpMethod.Post, "/addresses", new { addressId = Neighbours.BirgerJarlsgatan.AddressId }),
        })
        {
            await Resident.RefusedAsync(await desk.DoAsync(method, id, path, body), HttpStatusCode.Conflict, "restricted");
        }
        var resident = new Resident(service, desk.Organisation, phone);
        await Resident.RefusedAsync(await resident.SwitchAlertsAsync(address!, false), HttpStatusCode.Conflict, "restricted");
        await Resident.RefusedAsync(await resident.Http.DeleteAsync("/api/contact"), HttpStatusCode.Conflict, "restricted");
        await resident.ContactAsync();

        await desk.DoneAsync(HttpMethod.Put, id, "/objection", new { on = true, reason = "Vill inte ha utskick" });
        await desk.DoneAsync(HttpMethod.Put, id, "/restriction", new { on = false, reason = "Uppgifterna är prövade" });
        await desk.DoneAsync(HttpMethod.Put, id, "", new { givenName = "Karin" });
        Assert.Equal(["contact-restricted", "contact-objected", "contact-restriction-lifted", "contact-corrected"], (await desk.AuditAsync($"person={id}"))
            .Select(line => line.GetProperty("action").GetString()!).Where(action => action is not ("contact-read" or "contact-added")).Reverse());
    }

    [Fact]
    public async Task an_import_leaves_the_restricted_alone_and_brings_the_erased_back_never()
    {
        var world = new RegisterWorld(service);
        var editor = Editor(world.Organisation);
        await world.ImportAsync(world.AnnasRow, world.BosRow);
        var (anna, bo) = (await IdAsync(world.Organisation.Id, world.Anna), await IdAsync(world.Organisation.Id, world.Bo));
        await DoAsync(editor, HttpMethod.Put, anna, "/restriction", new { on = true, reason = "Prövas nu" });
        await DoAsync(editor, HttpMethod.Post, bo, "/erase", new { reason = "Bad om radering" });

        await world.ImportAsync(world.AnnasRow with { GivenName = "Annika" }, world.BosRow);
        Assert.Equal("Anna", (await CardAsync(editor, anna)).GetProperty("givenName").GetString());
        Assert.Equal(1, await world.CountAsync("contacts"));
        await world.ImportAsync([], complete: true);
        Assert.Equal(1, await world.CountAsync("contacts"));

        await DoAsync(editor, HttpMethod.Put, anna, "/restriction", new { on = false, reason = "Prövat klart" });
        await world.ImportAsync(world.AnnasRow with { GivenName = "Annika" }, world.BosRow);
        Assert.Equal("Annika", (await CardAsync(editor, anna)).GetProperty("givenName").GetString());
        Assert.Equal(1, await world.CountAsync("contacts"));
    }

    [Fact]
    public async Task a_protected_identity_leaves_at_once_even_where_it_is_restricted()
    {
        var world = new RegisterWorld(service);
        await world.ImportAsync(world.AnnasRow, world.BosRow);
        await DoAsync(Editor(world.Organisation), HttpMethod.Put, await IdAsync(world.Organisation.Id, world.Anna), "/restriction", new { on = true, reason = "Prövas nu" });

        await world.ImportAsync(world.AnnasRow with { IsProtected = true }, world.BosRow);

        Assert.Equal(1, await world.CountAsync("contacts"));
    }

    [Fact]
    public async Task an_objection_outlives_the_entry_that_it_was_made_about()
    {
        var world = new RegisterWorld(service);
        await world.ImportAsync(world.AnnasRow, world.BosRow);
        await DoAsync(Editor(world.Organisation), HttpMethod.Put, await IdAsync(world.Organisation.Id, world.Anna), "/objection", new { on = true, reason = "Vill inte ha utskick" });

        await world.ImportAsync(world.BosRow);
        await world.ImportAsync(world.AnnasRow, world.BosRow);

        Assert.False(await service.QueryAsync<bool>("select bool_or(alerts) from addresses where contact_id = $1", await IdAsync(world.Organisation.Id, world.Anna)));
    }

    [Fact]
    public async Task the_dry_run_counts_as_the_import_does_and_a_roll_back_keeps_what_was_decided()
    {
        var world = new UploadWorld(service);
        var editor = Editor(world.Organisation);
        await world.ImportedAsync(UploadWorld.Csv(world.AnnasRow, world.BosRow));
        var (anna, bo) = (await IdAsync(world.Organisation.Id, world.Anna), await IdAsync(world.Organisation.Id, world.Bo));
        await DoAsync(editor, HttpMethod.Put, anna, "/objection", new { on = true, reason = "Vill inte ha utskick" });
        await DoAsync(editor, HttpMethod.Post, bo, "/erase", new { reason = "Bad om radering" });

        var file = UploadWorld.Csv(UploadWorld.Row("anna", "Annika", world.Anna, Neighbours.SanktEriksgatan), world.BosRow);
        var ready = await world.ReadyAsync(file);
        Assert.Equal((0, 1, 0), (ready.GetProperty("added").GetInt32(), ready.GetProperty("changed").GetInt32(), ready.GetProperty("gone").GetInt32()));
        var id = ready.GetProperty("id").GetGuid();
        await world.ApproveAsync(id);
        var done = await world.UntilAsync(id, "done");
        Assert.Equal((0, 1, 0), (done.GetProperty("added").GetInt32(), done.GetProperty("changed").GetInt32(), done.GetProperty("gone").GetInt32()));
        await world.DoAsync(id, "roll-back");
        await world.UntilAsync(id, "rolled-back");

        var card = await CardAsync(editor, anna);
        Assert.Equal(("Anna", "Vill inte ha utskick"), (card.GetProperty("givenName").GetString(), card.GetProperty("objection").GetProperty("reason").GetString()));
        Assert.Equal(1, await world.CountAsync("contacts"));
        Assert.Equal(["register-import-received", "register-import-approved", "register-import-received", "register-import-approved", "register-import-rolled-back"],
            (await service.QueryAsync<string[]>("select array_agg(action order by position) from audit_log where organisation_id = $1 and actor_id = 'operator-1'", world.Organisation.Id))!);
    }

    [Theory]
    [InlineData("""{"reason":"Ett skäl"}""", "on", "required")]
    [InlineData("""{"on":true}""", "reason", "required")]
    [InlineData("""{"on":false,"reason":""}""", "reason", "required")]
    public async Task what_is_to_hold_and_why_must_be_said(string body, string field, string fault)
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();
        foreach (var what in new[] { "restriction", "objection" })
        {
            var problem = await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Put, id, $"/{what}", JsonDocument.Parse(body).RootElement), HttpStatusCode.BadRequest, "validation");
            Assert.Equal(fault, problem.GetProperty("errors").GetProperty(field)[0].GetString());
        }
    }

    private async Task<Guid> LimitAsync(AudienceWorld world, string phone, string what, bool on)
    {
        var id = await IdAsync(world.Organisation.Id, phone);
        await DoAsync(Editor(world.Organisation), HttpMethod.Put, id, $"/{what}", new { on, reason = "Som personen bad om" });
        return id;
    }

    private HttpClient Editor(ContactsFixture.Known organisation) =>
        service.ClientWith(service.Tokens.Operator("contact.read contact.write", organisation.Id, organisation.Slug, "editor"));

    /// <summary>The private person who holds the number.</summary>
    private Task<Guid> IdAsync(Guid organisation, string phone) => service.QueryAsync<Guid>(
        "select contact_id from phones where organisation_id = $1 and number_index = $2 and contact_kind = 'private'", organisation,
        ((ServiceDefaults.Secrets.PersonalData)service.Services.GetService(typeof(ServiceDefaults.Secrets.PersonalData))!).Index(organisation, phone));

    private static async Task<JsonElement> CardAsync(HttpClient editor, Guid id) => await Resident.ReadAsync(await editor.GetAsync($"/api/contacts/{id}"), HttpStatusCode.OK);

    private static async Task DoAsync(HttpClient editor, HttpMethod method, Guid id, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"/api/contacts/{id}{path}") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{(await CardAsync(editor, id)).GetProperty("version").GetInt64()}\"");
        using var answer = await editor.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
