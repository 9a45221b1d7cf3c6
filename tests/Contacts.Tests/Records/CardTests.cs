using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.ServiceDefaults.Tokens;
using Ums.Testing;

namespace Ums.Contacts.Tests.Records;

/// <summary>What operators see of a person, and what they must say to see more.</summary>
public sealed class CardTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private static readonly object Why = new { reason = "Personen ringde och bad om det" };

    [Fact]
    public async Task a_card_has_numbers_addresses_source_and_history()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync();
        var address = Guid.Parse((await desk.CardAsync(id)).GetProperty("addresses")[0].GetProperty("id").GetString()!);
        await desk.DoneAsync(HttpMethod.Put, id, $"/addresses/{address}/alerts", new { enabled = false });

        using var answer = await desk.Reader.GetAsync($"/api/contacts/{id}");
        var card = await Resident.ReadAsync(answer, HttpStatusCode.OK);

        Assert.Equal($"\"{card.GetProperty("version").GetInt64()}\"", answer.Headers.ETag!.Tag);
        Assert.Equal(("Kerstin", "Åkerlund", "19610412"), (card.GetProperty("givenName").GetString(), card.GetProperty("familyName").GetString(), card.GetProperty("birthDate").GetString()));
        Assert.Equal("supplementaryRegister", card.GetProperty("source").GetString());
        Assert.Equal(phone, card.GetProperty("phones")[0].GetProperty("number").GetString());
        Assert.Equal(("Sankt Eriksgatan", false), (card.GetProperty("addresses")[0].GetProperty("street").GetString(), card.GetProperty("addresses")[0].GetProperty("alerts").GetBoolean()));
        var newest = card.GetProperty("history")[0];
        Assert.Equal(("operator", "alerts-switched-off", desk.EditorsId.ToString()),
            (newest.GetProperty("actor").GetString(), newest.GetProperty("action").GetString(), newest.GetProperty("operator").GetString()));
    }

    [Fact]
    public async Task a_hidden_name_is_hidden_from_every_role_until_an_editor_says_why()
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync("Doris", "Dold", nameHidden: true);

        foreach (var role in new[] { desk.Reader, desk.Editor, desk.Administrator })
        {
            var card = await desk.CardAsync(id, role);
            Assert.DoesNotContain("Dold", card.GetRawText(), StringComparison.Ordinal);
            Assert.DoesNotContain("19610412", card.GetRawText(), StringComparison.Ordinal);
            Assert.True(card.GetProperty("masked").GetBoolean());
            Assert.Equal("Sankt Eriksgatan", card.GetProperty("addresses")[0].GetProperty("street").GetString());
        }
        var open = await Resident.ReadAsync(await desk.Editor.PostAsJsonAsync($"/api/contacts/{id}/unmask", Why), HttpStatusCode.OK);
        Assert.Equal("Dold", open.GetProperty("familyName").GetString());
        Assert.Null((await desk.CardAsync(id)).GetProperty("familyName").GetString());
        var line = (await desk.AuditAsync($"person={id}")).First(line => line.GetProperty("action").GetString() == "contact-unmasked");
        Assert.Equal("Personen ringde och bad om det", line.GetProperty("reason").GetString());
        foreach (var role in new[] { desk.Reader, desk.Administrator })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await role.PostAsJsonAsync($"/api/contacts/{id}/unmask", Why)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await role.PostAsJsonAsync($"/api/contacts/{id}/export", Why)).StatusCode);
        }
    }

    [Fact]
    public async Task of_a_protected_identity_a_card_tells_nothing_but_that_there_is_one()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync("Sara", "Skyddad", isProtected: true);

        var card = (await desk.CardAsync(id)).GetRawText();

        foreach (var told in new[] { "Sara", "Skyddad", "19610412", phone[4..], "Eriksgatan", "11343", "Stockholm", "59.3" })
        {
            Assert.DoesNotContain(told, card, StringComparison.Ordinal);
        }
        Assert.Contains("Eriksgatan", (await Resident.ReadAsync(await desk.Editor.PostAsJsonAsync($"/api/contacts/{id}/unmask", Why), HttpStatusCode.OK)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_matters_asks_for_a_sign_in_of_the_last_minutes()
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();
        var old = desk.Operator(Roles.Editor, signedInAt: DateTimeOffset.UtcNow.AddMinutes(-11));

        foreach (var what in new[] { "unmask", "export", "erase" })
        {
            await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Post, id, $"/{what}", Why, by: old), HttpStatusCode.Forbidden, "sign-in-again");
        }
        Assert.Equal(HttpStatusCode.OK, (await old.GetAsync($"/api/contacts/{id}")).StatusCode);
    }

    [Fact]
    public async Task an_export_holds_everything_of_one_person_and_the_audit_says_for_what()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync("Doris", "Dold", nameHidden: true);
        var second = ContactsFixture.FreshNumber();
        await desk.DoneAsync(HttpMethod.Post, id, "/phones", new { number = second });
        var first = (await desk.CardAsync(id)).GetProperty("phones").EnumerateArray().Single(one => one.GetProperty("number").GetString() == phone).GetProperty("id").GetString();
        await desk.DoneAsync(HttpMethod.Delete, id, $"/phones/{first}");

        using var answer = await desk.Editor.PostAsJsonAsync($"/api/contacts/{id}/export", Why);
        var document = await Resident.ReadAsync(answer, HttpStatusCode.OK);

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("Dold", document.GetProperty("person").GetProperty("familyName").GetString());
        Assert.Equal(second, document.GetProperty("person").GetProperty("phones")[0].GetProperty("number").GetString());
        Assert.Equal(first, document.GetProperty("removedPhones")[0].GetProperty("id").GetString());
        Assert.Contains(document.GetProperty("person").GetProperty("history").EnumerateArray(), line => line.GetProperty("action").GetString() == "phone-removed");
        Assert.Equal("contact-exported", (await desk.AuditAsync($"person={id}"))[0].GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("unmask")]
    [InlineData("export")]
    [InlineData("erase")]
    public async Task a_reason_is_a_reason(string what)
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();
        foreach (var (reason, fault) in new[] { (null, "required"), ("  ", "required"), ("för", "too-short"), (new string('x', 301), "too-long"), ("rad ett\nrad två", "bad-characters") })
        {
            var problem = await Resident.RefusedAsync(await desk.DoAsync(HttpMethod.Post, id, $"/{what}", new { reason }), HttpStatusCode.BadRequest, "validation");
            Assert.Equal(fault, problem.GetProperty("errors").GetProperty("reason")[0].GetString());
        }
        Assert.Equal("Kerstin", (await desk.CardAsync(id)).GetProperty("givenName").GetString());
    }

    [Fact]
    public async Task every_look_stands_in_the_audit_by_operator_person_and_time()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync();
        var reader = Guid.CreateVersion7();
        var http = desk.Operator(Roles.Reader, reader);
        var before = DateTimeOffset.UtcNow;
        await desk.FoundAsync(new { phone, name = "Åkerlund" }, http);
        await desk.CardAsync(id, http);

        var lines = await desk.AuditAsync($"actor={reader}");

        Assert.Equal(["contact-read", "contact-found", "contacts-searched"], lines.Select(line => line.GetProperty("action").GetString()));
        Assert.Equal([id.ToString(), id.ToString(), null], lines.Select(line => line.GetProperty("personId").GetString()));
        Assert.Equal("name phone", lines[2].GetProperty("detail").GetString());
        Assert.DoesNotContain(phone[4..], JsonSerializer.Serialize(lines), StringComparison.Ordinal);
        Assert.Equal(2, (await desk.AuditAsync($"person={id}&from={Uri.EscapeDataString(before.AddSeconds(-1).ToString("O"))}&actor={reader}")).Length);
        Assert.Empty(await desk.AuditAsync($"to={Uri.EscapeDataString(before.AddHours(-1).ToString("O"))}"));
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Editor.GetAsync("/api/audit/contacts")).StatusCode);
        Assert.Empty(await new Desk(service).AuditAsync());
    }

    [Fact]
    public async Task a_changed_row_of_the_audit_is_found_by_the_command()
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();
        await desk.CardAsync(id);
        var (code, said) = await AuditProcess.VerifyAsync(service);
        Assert.True(code == 0, said);

        await service.ExecuteAsync("update audit_log set actor_id = 'somebody else' where organisation_id = $1 and action = 'contact-read'", desk.Organisation.Id);
        (code, said) = await AuditProcess.VerifyAsync(service);
        await service.ExecuteAsync("update audit_log set actor_id = $2 where organisation_id = $1 and action = 'contact-read'", desk.Organisation.Id, desk.EditorsId.ToString());

        Assert.Equal(1, code);
        Assert.Contains($"{desk.Organisation.Id}: row 2 was changed", said, StringComparison.Ordinal);
    }
}
