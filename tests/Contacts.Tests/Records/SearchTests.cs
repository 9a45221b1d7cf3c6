using System.Net;
using Ums.Contacts.Records;
using Ums.Contacts.Tests.RegisterImport;
using Ums.Testing;

namespace Ums.Contacts.Tests.Records;

public sealed class SearchTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Wrong = ["Anna Nilsson", "Ann", "Åker", "Lisa"];

    [Theory]
    [InlineData("anna-karin o'brien åkerlund")]
    [InlineData("ÅKERLUND")]
    [InlineData("akerlund karin")]
    [InlineData("  OBrien ")]
    public async Task a_name_is_found_by_any_of_its_words_whatever_the_case_and_accents(string typed)
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync("Anna-Karin", "O’Brien Åkerlund");
        await desk.PersonAsync("Bo", "Ek");

        Assert.Equal([id], await desk.FoundAsync(new { name = typed }));
        foreach (var wrong in Wrong)
        {
            Assert.Empty(await desk.FoundAsync(new { name = wrong }));
        }
    }

    [Fact]
    public async Task a_number_is_found_however_it_is_written()
    {
        var desk = new Desk(service);
        var (id, phone) = await desk.PersonAsync();
        await desk.PersonAsync();
        var national = "0" + phone[3..];

        foreach (var typed in new[] { phone, national, $"{national[..3]}-{national[3..]}", "0046" + phone[3..], $"+46 (0){phone[3..]}" })
        {
            Assert.Equal([id], await desk.FoundAsync(new { phone = typed }));
        }
        Assert.Empty(await desk.FoundAsync(new { phone = ContactsFixture.FreshNumber() }));
    }

    [Theory]
    [InlineData("Sankt Eriksgatan 117", true)]
    [InlineData("sankt eriks", true)]
    [InlineData("SANKT ERIKSGATAN 117, 113 43 Stockholm", true)]
    [InlineData("11343", true)]
    [InlineData("Sankt Eriksgatan 118", false)]
    [InlineData("Sankt Eriksgatan 117 11344", false)]
    [InlineData("Birger Jarlsgatan 131 a", false)]
    public async Task an_address_is_found_by_its_beginning_its_number_and_its_postcode(string typed, bool isFound)
    {
        var desk = new Desk(service);
        var (id, _) = await desk.PersonAsync();

        Assert.Equal(isFound ? [id] : [], await desk.FoundAsync(new { address = typed }));
    }

    [Fact]
    public async Task what_is_given_together_must_all_fit()
    {
        var desk = new Desk(service);
        var (kerstin, phone) = await desk.PersonAsync();
        await desk.PersonAsync("Bo", address: Neighbours.BirgerJarlsgatan);

        Assert.Equal([kerstin], await desk.FoundAsync(new { name = "Åkerlund", address = "Sankt Eriksgatan" }));
        Assert.Equal([kerstin], await desk.FoundAsync(new { name = "Kerstin", phone, address = "Sankt Eriksgatan 117" }));
        Assert.Empty(await desk.FoundAsync(new { name = "Bo", address = "Sankt Eriksgatan" }));
    }

    [Fact]
    public async Task pages_follow_one_another_without_gap_or_repeat()
    {
        var desk = new Desk(service);
        for (var i = 0; i < 5; i++)
        {
            await desk.PersonAsync();
        }
        var (found, after) = (new List<Guid>(), default(string));
        do
        {
            var page = await Resident.ReadAsync(await desk.SearchAsync(new { name = "Åkerlund", limit = 2, after }), HttpStatusCode.OK);
            found.AddRange(page.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("id").GetGuid()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);

        Assert.Equal(5, found.Count);
        Assert.Equal(found.Order(), found);
        Assert.Distinct(found);
    }

    [Fact]
    public async Task who_hid_their_name_is_not_found_by_it_and_a_protected_identity_by_their_number_only()
    {
        var desk = new Desk(service);
        var (hidden, hiddenPhone) = await desk.PersonAsync("Doris", "Dold", nameHidden: true);
        var (kept, keptPhone) = await desk.PersonAsync("Sara", "Skyddad", isProtected: true);

        Assert.Empty(await desk.FoundAsync(new { name = "Dold" }));
        Assert.Empty(await desk.FoundAsync(new { name = "Skyddad" }));
        Assert.Equal([hidden], await desk.FoundAsync(new { address = "Sankt Eriksgatan 117" }));
        Assert.Equal([hidden], await desk.FoundAsync(new { phone = hiddenPhone }));
        var answer = await Resident.ReadAsync(await desk.SearchAsync(new { phone = keptPhone }), HttpStatusCode.OK);
        var person = Assert.Single(answer.GetProperty("people").EnumerateArray());
        Assert.Equal(kept, person.GetProperty("id").GetGuid());
        foreach (var told in new[] { "Sara", "Skyddad", "Eriksgatan", keptPhone[4..] })
        {
            Assert.DoesNotContain(told, answer.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task whom_an_import_brings_can_soon_be_found_by_name_and_under_the_new_one_once_it_has_changed()
    {
        var world = new RegisterWorld(service);
        await world.ImportAsync(world.AnnasRow);
        var reader = service.ClientWith(service.Tokens.Operator("contact.read", world.Organisation.Id, world.Organisation.Slug, "reader"));
        var desk = new Desk(service);
        await Eventually.TrueAsync(async () => (await desk.FoundAsync(new { name = "Anna Lindström" }, reader)).Length == 1);

        await world.ImportAsync(world.AnnasRow with { GivenName = "Annika" });
        await Eventually.TrueAsync(async () => (await desk.FoundAsync(new { name = "Annika" }, reader)).Length == 1);
        Assert.Empty(await desk.FoundAsync(new { name = "Anna" }, reader));
    }

    [Fact]
    public async Task the_index_serves_the_search_though_row_level_security_stands_before_it()
    {
        var desk = new Desk(service);
        var plan = await service.InScopeAsync<Ums.Contacts.Contacts.ContactsDb, string>(db => db.InOrganisationAsync(desk.Organisation.Id, async token =>
        {
            await using var explain = Ums.Contacts.Contacts.Statement.Of(db, """
                explain select a.contact_id from addresses a where a.organisation_id = $1 and a.street_key ~>=~ '0180 sankt' and a.street_key ~<~ ('0180 sankt' || chr(1114111)) and a.removed_at is null
                """, desk.Organisation.Id);
            await using (var off = Ums.Contacts.Contacts.Statement.Of(db, "set local enable_seqscan = off"))
            {
                await off.ExecuteNonQueryAsync(token);
            }
            var lines = new List<string>();
            await using var row = await explain.ExecuteReaderAsync(token);
            while (await row.ReadAsync(token))
            {
                lines.Add(row.GetString(0));
            }
            return string.Join('\n', lines);
        }, CancellationToken.None));

        Assert.Matches(@"Index Cond: .*street_key.*~>=~", plan);
    }

    [Theory]
    [InlineData("{}", "name", "required")]
    [InlineData("""{"name":"  ","phone":"","address":null}""", "name", "required")]
    [InlineData("""{"name":"a"}""", "name", "too-short")]
    [InlineData("""{"name":"-- ' or 1=1"}""", "name", null)]
    [InlineData("""{"name":"a\u0000b"}""", "name", "bad-characters")]
    [InlineData("""{"name":"%%%"}""", "name", "too-short")]
    [InlineData("""{"phone":"12"}""", "phone", "invalid-phone")]
    [InlineData("""{"phone":"0900-123 456"}""", "phone", "phone-not-allowed")]
    [InlineData("""{"address":"a"}""", "address", "too-short")]
    [InlineData("""{"address":"5"}""", "address", "too-short")]
    [InlineData("""{"address":"gatan\u0007n"}""", "address", "bad-characters")]
    [InlineData("""{"name":"Anna","limit":0}""", "limit", "out-of-range")]
    [InlineData("""{"name":"Anna","limit":51}""", "limit", "out-of-range")]
    public async Task what_cannot_be_searched_for_is_said(string body, string field, string? fault)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await new Desk(service).Editor.PostAsync(new Uri("/api/contacts/search", UriKind.Relative), content);
        if (fault is null)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return;
        }
        var problem = await Resident.RefusedAsync(answer, HttpStatusCode.BadRequest, "validation");
        Assert.Equal(fault, problem.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"name":7}""")]
    [InlineData("""{"name":"Anna","after":"x"}""")]
    [InlineData("{")]
    public async Task what_is_no_request_is_refused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await new Desk(service).Editor.PostAsync(new Uri("/api/contacts/search", UriKind.Relative), content)).StatusCode);
    }

    [Theory]
    [InlineData("Storgatan 5 B", "Storgatan", 5, "b", null)]
    [InlineData("Storgatan 5b, 941 31 Piteå", "Storgatan", 5, "b", "94131")]
    [InlineData("Sankt Eriksgatan 117 11343", "Sankt Eriksgatan", 117, null, "11343")]
    [InlineData("94131 Piteå", null, null, null, "94131")]
    [InlineData("Norra gården", "Norra gården", null, null, null)]
    [InlineData("Sjunde gatan 7", "Sjunde gatan", 7, null, null)]
    [InlineData("1:a Villagatan 3", "1:a Villagatan", 3, null, null)]
    public void an_address_is_read_as_people_write_it(string typed, string? street, int? number, string? letter, string? postcode) =>
        Assert.Equal((new AddressText(street, number, letter, postcode), null), AddressText.Read(typed));

    [Fact]
    public async Task another_organisation_finds_nobody_here()
    {
        var (mine, theirs) = (new Desk(service), new Desk(service));
        var (_, phone) = await mine.PersonAsync();

        Assert.Empty(await theirs.FoundAsync(new { phone }));
        Assert.Empty(await theirs.FoundAsync(new { name = "Åkerlund" }));
        Assert.Empty(await theirs.FoundAsync(new { address = "Sankt Eriksgatan" }));
    }
}
