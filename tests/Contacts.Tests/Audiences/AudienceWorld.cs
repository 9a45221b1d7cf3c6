using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.Contacts.RegisterImport;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Secrets;
using Ums.Testing;

namespace Ums.Contacts.Tests.Audiences;

/// <summary>An organisation of its own, with people in a few houses.</summary>
internal sealed class AudienceWorld(ContactsFixture service)
{
    /// <summary>Around the two houses of Kungsgatan, and nothing else.</summary>
    public static readonly AudienceArea Square = Polygon((18.00, 59.30), (18.02, 59.30), (18.02, 59.32), (18.00, 59.32), (18.00, 59.30));

    private readonly List<RegisterRow> rows = [];
    private int keys;

    public ContactsFixture.Known Organisation { get; } = ContactsFixture.Stockholm with { Id = Guid.CreateVersion7() };

    public PersonalData Personal => service.Services.GetRequiredService<PersonalData>();

    public static AddressFacts Kungsgatan1 { get; } = House("kungsgatan-1", "Kungsgatan", 1, "11143", 101, 59.310, 18.010);

    public static AddressFacts Kungsgatan8 { get; } = House("kungsgatan-8", "Kungsgatan", 8, "11143", 102, 59.311, 18.011);

    public static AddressFacts Aallen { get; } = House("ekallen-3", "Ekallén", 3, "11522", 103, 59.400, 18.100);

    public static AddressFacts House(string id, string street, int number, string postcode, int fnr, double latitude, double longitude, int gnr = 0) =>
        new(id, street, number, null, postcode, "Stockholm", "0180", gnr, 0, fnr, 0, latitude, longitude);

    public static AudienceArea Polygon(params (double X, double Y)[] corners) => new([.. corners.Select(corner => (IReadOnlyList<double>)[corner.X, corner.Y])], null, null);

    public static AudienceArea Circle(double x, double y, double radius) => new(null, [x, y], radius);

    /// <summary>A number that no one else in this world has; made for tests, it is never sent to.</summary>
    public static string Mobile(int n) => $"+46701{740000 + n:000000}"[..12];

    public AudienceWorld Person(AddressFacts home, string? mobile = null, string? landline = null, int age = 40)
    {
        var born = AgeLimit.SwedishDay(service.Time.GetUtcNow()).AddYears(-age);
        rows.Add(new RegisterRow($"p{++keys}", ContactKind.Private, "Anna", "Lindström", born, mobile, landline, home.Street, $"{home.Number}", home.Postcode, home.Place, Known: home));
        return this;
    }

    public AudienceWorld Born(AddressFacts home, string mobile, DateOnly born)
    {
        rows.Add(new RegisterRow($"p{++keys}", ContactKind.Private, "Bo", "Lindström", born, mobile, null, home.Street, $"{home.Number}", home.Postcode, home.Place, Known: home));
        return this;
    }

    public AudienceWorld Company(AddressFacts home, string mobile)
    {
        rows.Add(new RegisterRow($"p{++keys}", ContactKind.Company, "Cia", "Lindström", null, mobile, null, home.Street, $"{home.Number}", home.Postcode, home.Place,
            "Cias Bageri AB", "5560360793", Known: home));
        return this;
    }

    public AudienceWorld Protected(AddressFacts home, string mobile)
    {
        rows.Add(new RegisterRow($"p{++keys}", ContactKind.Private, "Dan", "Hemlig", new DateOnly(1980, 1, 1), mobile, null, home.Street, $"{home.Number}", home.Postcode, home.Place,
            IsProtected: true, Known: home));
        return this;
    }

    public async Task<AudienceWorld> ImportedAsync()
    {
        await service.InScopeAsync<ImportRegister, ImportOutcome>(import => import.RunAsync(
            new Organisation(Organisation.Id, Organisation.Slug, Organisation.Name, Organisation.MunicipalityCodes), "test", complete: true, rows.ToAsyncEnumerable(), CancellationToken.None));
        return this;
    }

    /// <summary>Alerts off, or an address removed, as a resident would.</summary>
    public Task ChangeAsync(string set, string phone) => service.ExecuteAsync(
        $"update addresses set {set} where contact_id = (select contact_id from phones where organisation_id = $1 and number_index = $2)", Organisation.Id, Personal.Index(Organisation.Id, phone));

    public ResolveAudience Question(Audience audience, int expected = 10, Guid? alert = null, int from = 0) => new(
        alert ?? Guid.CreateVersion7(), Organisation.Id, expected, from, Personal.Seal(Organisation.Id, JsonSerializer.Serialize(audience, JsonSerializerOptions.Web)), DateTimeOffset.UtcNow);

    /// <summary>Asks over the bus and waits for the last batch.</summary>
    public async Task<IReadOnlyList<AudienceMember>> ResolvedAsync(Audience audience, int expected = 10)
    {
        var question = Question(audience, expected);
        await service.Bus.PublishAsync(question);
        return await AnsweredAsync(question.AlertId);
    }

    /// <summary>All members of all batches; the batches are as the contract says.</summary>
    public async Task<IReadOnlyList<AudienceMember>> AnsweredAsync(Guid alert, TimeSpan? patience = null)
    {
        IReadOnlyList<AudienceBatch> batches = [];
        await Eventually.TrueAsync(() =>
        {
            // A relay publishes at least once: the same message may come twice.
            batches = [.. service.Bus.Published<AudienceBatch>(batch => batch.AlertId == alert).OrderBy(batch => batch.Number)];
            return batches is [.., { IsLast: true } last] && batches.Select(batch => batch.Number).Distinct().Count() == last.Number + 1;
        }, patience ?? TimeSpan.FromSeconds(40), "the last batch came");
        Assert.All(batches.GroupBy(batch => batch.Number), same => Assert.Single(same.Select(batch => Convert.ToHexString(batch.Sealed)).Distinct()));
        batches = [.. batches.DistinctBy(batch => batch.Number)];
        Assert.Equal(Enumerable.Range(0, batches.Count), batches.Select(batch => batch.Number));
        Assert.All(batches, batch => Assert.InRange(batch.Count, batch.IsLast ? 0 : 1, 1000));
        Assert.Single(batches, batch => batch.IsLast);
        Assert.All(batches, batch => Assert.Equal(Organisation.Id, batch.OrganisationId));
        var members = batches.SelectMany(batch =>
        {
            var opened = JsonSerializer.Deserialize<AudienceMember[]>(Personal.Open(Organisation.Id, batch.Sealed), JsonSerializerOptions.Web)!;
            Assert.Equal(batch.Count, opened.Length);
            return opened;
        }).ToList();
        Assert.Equal(members.Count, members.Select(member => member.Phone).Distinct().Count());
        return members;
    }

    public async Task<string[]> PhonesAsync(Audience audience, int expected = 10) =>
        [.. (await ResolvedAsync(audience, expected)).Select(member => member.Phone).Order(StringComparer.Ordinal)];

    public HttpClient Operator(string scope = "audience.read") => service.ClientWith(service.Tokens.Client("operators", scope, "contacts", Organisation.Id));

    public Task<HttpResponseMessage> PostAsync(string what, object audience) => Operator().PostAsJsonAsync($"/api/audiences/{what}", new { audience });

    public async Task<JsonElement> CountAsync(Audience audience) => await Resident.ReadAsync(await PostAsync("count", audience), System.Net.HttpStatusCode.OK);

    /// <summary>Many people, two to a house, straight into the tables: the houses lie in rows from 59.30 north and 18.00 east.</summary>
    public async Task CrowdAsync(int people)
    {
        var (personal, organisation) = (Personal, Organisation.Id);
        var born = personal.Seal(organisation, "19800101");
        await using var connection = new NpgsqlConnection(service.ConnectionString);
        await connection.OpenAsync();
        for (var start = 0; start < people; start += 10_000)
        {
            var n = Math.Min(10_000, people - start);
            var numbers = Enumerable.Range(start, n).Select(i => $"+4670{1_000_000 + i}").ToArray();
            await using var command = new NpgsqlCommand("""
                with person as (
                    select uuid_v7() as id, number, index, $2 + place - 1 as n from unnest($3, $4) with ordinality as given (number, index, place)),
                contact as (
                    insert into contacts (id, organisation_id, kind, source, given_name, family_name, birth_date, is_new, created_at, changed_at)
                    select id, $1, 'private', 'supplementaryRegister', $5, $5, $5, false, now(), now() from person),
                address as (
                    insert into addresses (id, organisation_id, contact_id, address_id, street, number, postcode, place, municipality_code, source, main, fnr, latitude, longitude,
                        announced_at, created_at)
                    select uuid_v7(), $1, id, 'house-' || n / 2, 'Massgatan', n / 2, '1' || lpad((n / 2000)::text, 4, '0'), 'Stockholm', '0180', 'supplementaryRegister', true, n / 2,
                        59.30 + (n / 2 / 400) * 0.0005, 18.0 + (n / 2 % 400) * 0.001, now(), now() from person)
                insert into phones (id, organisation_id, contact_id, contact_kind, kind, source, number, number_index, created_at)
                select uuid_v7(), $1, id, 'private', 'mobile', 'supplementaryRegister', number, index, now() from person
                """, connection);
            command.Parameters.Add(new() { Value = organisation });
            command.Parameters.Add(new() { Value = (long)start });
            command.Parameters.Add(new() { Value = numbers.Select(number => personal.Seal(organisation, number)).ToArray() });
            command.Parameters.Add(new() { Value = numbers.Select(number => personal.Index(organisation, number)).ToArray() });
            command.Parameters.Add(new() { Value = born });
            await command.ExecuteNonQueryAsync();
        }
        await service.ExecuteAsync("analyze contacts, phones, addresses");
    }
}
