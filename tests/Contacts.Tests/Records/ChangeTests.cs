using System.Net;
using System.Text.Json;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Tests.Records;

/// <summary>What an editor changes, and what stands in the way.</summary>
public sealed class ChangeTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private static readonly object Why = new { reason = "Personen bad om det" };

    [Fact]
    public async Task who_is_entered_can_sign_in_and_is_searched_for_at_once()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync();

        Assert.Equal([id], await desk.FoundAsync(new { name = "Kerstin Åkerlund" }));
        var own = await new Resident(service, desk.Organisation, phone).ContactAsync();
        Assert.Equal((id, "Kerstin"), (own.GetProperty("id").GetGuid(), own.GetProperty("givenName").GetString()));
        await service.Bus.PublishedAsync<AddressAdded>(added => added.ContactId == id && added.AddressId == Neighbours.SanktEriksgatan.AddressId);
        await Resident.RefusedAsync(await desk.PostAsync(Desk.Form(phone)), HttpStatusCode.Conflict, "phone-taken");
        Assert.Equal(("contact-added", id), (await desk.AuditAsync($"person={id}")) is [.., var first] ? (first.GetProperty("action").GetString(), first.GetProperty("personId").GetGuid()) : default);
    }

    [Theory]
    [InlineData("givenName", "", "required")]
    [InlineData("familyName", "a\nb", "bad-characters")]
    [InlineData("birthDate", "19611332", "not-a-date")]
    [InlineData("phone", "", "required")]
    [InlineData("phone", "12", "invalid-phone")]
    [InlineData("phone", "0900-123 456", "phone-not-allowed")]
    [InlineData("addressId", "", "required")]
    [InlineData("addressId", "../x y", "bad-characters")]
    [InlineData("reason", "för", "too-short")]
    public async Task a_form_that_is_not_right_says_which_field(string field, string typed, string fault)
    {
        var desk = new Desk(service);
        var form = Desk.Form(ContactsFixture.FreshNumber());
        form[field] = typed;
        var problem = await Resident.RefusedAsync(await desk.PostAsync(form), HttpStatusCode.BadRequest, "validation");
        Assert.Equal(fault, problem.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Fact]
    public async Task nobody_too_young_or_elsewhere_is_entered()
    {
        var desk = new Desk(service);
        var form = Desk.Form(ContactsFixture.FreshNumber());
        form["birthDate"] = DateTimeOffset.UtcNow.AddYears(-15).ToString("yyyyMMdd", null);
        await Resident.RefusedAsync(await desk.PostAsync(form), HttpStatusCode.UnprocessableEntity, "under-16");
        await Resident.RefusedAsync(await desk.PostAsync(Desk.Form(ContactsFixture.FreshNumber(), Neighbours.Storgatan)), HttpStatusCode.UnprocessableEntity, "address-outside-organisation");
        form = Desk.Form(ContactsFixture.FreshNumber());
        form["kind"] = "company";
        await Resident.RefusedAsync(await desk.PostAsync(form), HttpStatusCode.BadRequest, "validation");
    }

    [Fact]
    public async Task a_correction_changes_what_it_names_and_is_found_under_the_new_name()
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();

        var card = await desk.DoneAsync(HttpMethod.Put, id, "", new { familyName = "Öberg", birthDate = "19610413", reason = "Gift, och fel dag" });

        Assert.Equal(("Kerstin", "Öberg", "19610413"), (card.GetProperty("givenName").GetString(), card.GetProperty("familyName").GetString(), card.GetProperty("birthDate").GetString()));
        Assert.Equal([id], await desk.FoundAsync(new { name = "oberg" }));
        Assert.Empty(await desk.FoundAsync(new { name = "Åkerlund" }));
        var line = (await desk.AuditAsync($"person={id}")).First(one => one.GetProperty("action").GetString() == "contact-corrected");
        Assert.Equal(("familyName birthDate", "Gift, och fel dag"), (line.GetProperty("detail").GetString(), line.GetProperty("reason").GetString()));
        await service.Bus.PublishedAsync<ContactChanged>(changed => changed.ContactId == id && changed.Changed == "details");
    }

    [Theory]
    [InlineData("""{"givenName":""}""", "givenName", "required")]
    [InlineData("""{"birthDate":"i går"}""", "birthDate", "not-a-date")]
    [InlineData("""{"companyName":"Bageri AB"}""", "companyName", "not-a-company")]
    [InlineData("""{"organisationNumber":"1"}""", "organisationNumber", "not-an-organisation-number")]
    public async Task a_correction_that_is_not_right_changes_nothing(string body, string field, string fault)
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();
        var before = await desk.VersionAsync(id);

        var problem = await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Put, id, "", JsonDocument.Parse(body).RootElement), HttpStatusCode.BadRequest, "validation");

        Assert.Equal(fault, problem.GetProperty("errors").GetProperty(field)[0].GetString());
        Assert.Equal(before, await desk.VersionAsync(id));
    }

    [Fact]
    public async Task to_show_what_was_hidden_needs_a_reason_and_to_keep_it_does_not()
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync("Doris", "Dold", nameHidden: true);

        await desk.DoneAsync(HttpMethod.Put, id, "", new { givenName = "Dora", nameHidden = true });
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Put, id, "", new { nameHidden = false }), HttpStatusCode.BadRequest, "validation");
        Assert.Null((await desk.CardAsync(id)).GetProperty("givenName").GetString());

        Assert.Equal("Dora", (await desk.DoneAsync(HttpMethod.Put, id, "", new { nameHidden = false, reason = "Bad om det i telefon" })).GetProperty("givenName").GetString());
        Assert.Equal([id], await desk.FoundAsync(new { name = "Dora Dold" }));
    }

    [Fact]
    public async Task of_two_editors_the_second_is_told_and_nothing_is_lost()
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();
        var seen = await desk.VersionAsync(id);
        await Resident.ReadAsync(await desk.DoAsync(HttpMethod.Put, id, "", new { givenName = "Karin" }, seen), HttpStatusCode.OK);

        var problem = await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Put, id, "", new { givenName = "Stina" }, seen), HttpStatusCode.PreconditionFailed, "record-changed");

        Assert.Equal(await desk.VersionAsync(id), problem.GetProperty("version").GetInt64());
        Assert.Equal("Karin", (await desk.CardAsync(id)).GetProperty("givenName").GetString());
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Put, id, "", new { givenName = "Stina" }, -1), HttpStatusCode.PreconditionRequired, "version-required");
    }

    [Fact]
    public async Task twenty_at_once_change_it_once()
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();
        var seen = await desk.VersionAsync(id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => desk.DoAsync(HttpMethod.Put, id, "", new { givenName = $"Namn {(char)('A' + n)}" }, seen)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task numbers_and_addresses_follow_the_rules_that_hold_for_the_person()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync();
        var (_, taken) = await desk.PersonAsync();
        var card = await desk.CardAsync(id);
        var (first, home) = (card.GetProperty("phones")[0].GetProperty("id").GetString(), card.GetProperty("addresses")[0].GetProperty("id").GetString());

        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Delete, id, $"/phones/{first}"), HttpStatusCode.Conflict, "last-phone");
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Delete, id, $"/addresses/{home}"), HttpStatusCode.Conflict, "last-address");
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Post, id, "/phones", new { number = taken }), HttpStatusCode.Conflict, "phone-taken");
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Post, id, "/phones", new { number = "112" }), HttpStatusCode.BadRequest, "validation");
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Delete, id, $"/phones/{Guid.CreateVersion7()}"), HttpStatusCode.NotFound, "not-found");
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Put, id, $"/addresses/{home}/alerts", new { }), HttpStatusCode.BadRequest, "validation");
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Post, id, "/addresses", new { addressId = Neighbours.SanktEriksgatan.AddressId }), HttpStatusCode.Conflict, "already-added");
        await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Post, id, "/addresses", new { addressId = "nowhere" }), HttpStatusCode.UnprocessableEntity, "unknown-address");

        await desk.DoneAsync(HttpMethod.Post, id, "/phones", new { number = ContactsFixture.FreshNumber() });
        await desk.DoneAsync(HttpMethod.Delete, id, $"/phones/{first}");
        await desk.DoneAsync(HttpMethod.Post, id, "/addresses", new { addressId = Neighbours.BirgerJarlsgatan.AddressId, main = true });
        card = await desk.DoneAsync(HttpMethod.Delete, id, $"/addresses/{home}");

        Assert.DoesNotContain(phone, card.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(("Birger Jarlsgatan", true), (card.GetProperty("addresses")[0].GetProperty("street").GetString(), card.GetProperty("addresses")[0].GetProperty("main").GetBoolean()));
        var actions = (await desk.AuditAsync($"person={id}")).Select(line => line.GetProperty("action").GetString()!).Where(action => action != "contact-read").Reverse();
        Assert.Equal(["contact-added", "contact-phone-added", "contact-phone-removed", "contact-address-added", "contact-address-removed"], actions);
    }

    [Fact]
    public async Task erased_is_erased()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await desk.DoAsync(HttpMethod.Post, id, "/erase", Why)).StatusCode);

        await Resident.RefusedAsync(await desk.Editor.GetAsync($"/api/contacts/{id}"), HttpStatusCode.NotFound, "unknown-record");
        Assert.Empty(await desk.FoundAsync(new { phone }));
        Assert.Equal(0, await service.QueryAsync<long>("select (select count(*) from contact_words where contact_id = $1) + (select count(*) from phones where contact_id = $1)", id));
        await service.Bus.PublishedAsync<ContactRemoved>(removed => removed.ContactId == id);
        Assert.Equal(("contact-erased", "Personen bad om det"), (await desk.AuditAsync($"person={id}"))
            .Select(line => (line.GetProperty("action").GetString(), line.GetProperty("reason").GetString())).First(line => line.Item1 == "contact-erased"));
        await desk.PostAsync(Desk.Form(phone));
        Assert.Single(await desk.FoundAsync(new { phone }));
    }

    [Fact]
    public async Task no_route_reaches_anybody_of_another_organisation()
    {
        var (mine, theirs) = (new Desk(service), new Desk(service));
        var (id, phone) = await theirs.PersonAsync();
        var card = await theirs.CardAsync(id);
        var (phoneId, addressId) = (card.GetProperty("phones")[0].GetProperty("id").GetString(), card.GetProperty("addresses")[0].GetProperty("id").GetString());

        await Resident.RefusedAsync(await mine.Editor.GetAsync($"/api/contacts/{id}"), HttpStatusCode.NotFound, "unknown-record");
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Put, "", new { givenName = "Min" }), (HttpMethod.Post, "/erase", Why), (HttpMethod.Post, "/unmask", Why), (HttpMethod.Post, "/export", Why),
            (HttpMethod.Put, "/restriction", new { on = true, reason = "Ett skäl" }), (HttpMethod.Put, "/objection", new { on = true, reason = "Ett skäl" }),
            (HttpMethod.Post, "/phones", new { number = ContactsFixture.FreshNumber() }), (HttpMethod.Delete, $"/phones/{phoneId}", null),
            (HttpMethod.Post, "/addresses", new { addressId = Neighbours.BirgerJarlsgatan.AddressId }), (HttpMethod.Delete, $"/addresses/{addressId}", null),
            (HttpMethod.Put, $"/addresses/{addressId}/main", null), (HttpMethod.Put, $"/addresses/{addressId}/alerts", new { enabled = false }),
        })
        {
            await Resident.RefusedAsync(await mine.DoAsync(method, id, path, body, version: 3), HttpStatusCode.NotFound, "unknown-record");
        }
        Assert.Equal(card.GetRawText(), (await theirs.CardAsync(id)).GetRawText());
        Assert.Equal(phone, card.GetProperty("phones")[0].GetProperty("number").GetString());
    }

    [Fact]
    public async Task who_only_reads_changes_nothing()
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();

        foreach (var role in new[] { desk.Reader, desk.Administrator, desk.Operator(Roles.Sender), desk.Operator(Roles.Approver) })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await desk.DoAsync(HttpMethod.Put, id, "", new { givenName = "Karin" }, by: role)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await desk.DoAsync(HttpMethod.Post, id, "/erase", Why, by: role)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.SearchAsync(new { name = "Kerstin" }, desk.Operator(Roles.Sender))).StatusCode);
    }

    [Fact]
    public async Task the_log_holds_no_name_and_no_number()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync("Loggine", "Loggström");
        await desk.FoundAsync(new { name = "Loggström", phone });
        await desk.DoneAsync(HttpMethod.Put, id, "", new { givenName = "Loggan" });

        foreach (var told in new[] { "Loggine", "Loggström", "Loggan", phone[3..] })
        {
            Assert.DoesNotContain(told, service.Logs.Text, StringComparison.Ordinal);
        }
    }
}
