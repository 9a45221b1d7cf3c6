using System.Net;
using System.Net.Http.Json;
using System.Text;
using Ums.Messages.Events;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests;

/// <summary>Canaries: a name, a company and a number that must be readable nowhere but in the resident's own answers.</summary>
public sealed class PersonalDataTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private const string GivenName = "Kanariefågelsson";
    private const string FamilyName = "Undulatström";
    private const string BirthDate = "19570203";
    private const string Number = "+46701740699";
    private const string SecondNumber = "+46313900607";

    [Fact]
    public async Task names_numbers_and_birth_dates_are_not_in_tables_logs_messages_or_addresses_asked_for()
    {
        await LiveAsync("private");
        await LiveAsync("company");

        var canaries = new[] { GivenName, FamilyName, BirthDate, Number[3..], SecondNumber[3..], "Åkerlunds Rör", "5560360793", "070-", "701740699" };
        foreach (var text in new[] { await DumpAsync(), service.Logs.Text, string.Join('\n', service.Bus.Captured), string.Join('\n', service.Neighbours.Asked) })
        {
            Assert.NotEmpty(text);
            foreach (var canary in canaries)
            {
                Assert.DoesNotContain(canary, text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    private async Task LiveAsync(string kind)
    {
        var resident = new Resident(service, ContactsFixture.Stockholm, Number, kind);
        var form = Form(givenName: GivenName, familyName: FamilyName, birthDate: BirthDate);
        await ReadAsync(await resident.Http.PostAsJsonAsync("/api/contact", form), HttpStatusCode.Created);
        await RefusedAsync(await resident.Http.PostAsJsonAsync("/api/contact", form), HttpStatusCode.Conflict, "already-registered");
        await ReadAsync(await resident.AddPhoneAsync(SecondNumber), HttpStatusCode.Created);
        await ReadAsync(await resident.AddAddressAsync(Neighbours.BirgerJarlsgatan), HttpStatusCode.Created);
        Assert.Contains(GivenName, (await resident.ExportAsync()).GetRawText());
        service.Neighbours.GeocodingIsAway = true;
        await RefusedAsync(await resident.AddAddressAsync(Neighbours.BirgerJarlsgatanB), HttpStatusCode.ServiceUnavailable, "geocoding-unavailable");
        service.Neighbours.GeocodingIsAway = false;
        var id = (await resident.ContactAsync()).GetProperty("id").GetGuid();
        await service.Bus.PublishedAsync<AddressAdded>(e => e.ContactId == id && !e.Main);
    }

    /// <summary>Every column of every table as text, and bytes both as they are and as hexadecimal digits.</summary>
    private async Task<string> DumpAsync()
    {
        var dump = new StringBuilder();
        var tables = await service.QueryAsync<string[]>("select array_agg(tablename::text) from pg_tables where schemaname = 'public' and tablename <> 'spatial_ref_sys'");
        foreach (var table in tables!)
        {
            dump.AppendLine(await service.QueryAsync<string>($"select coalesce(string_agg(t::text, E'\\n'), '') from {table} t"));
        }
        var hex = System.Text.RegularExpressions.Regex.Matches(dump.ToString(), @"\\+x([0-9a-f]+)");
        foreach (var bytes in hex.Select(match => Convert.FromHexString(match.Groups[1].Value)))
        {
            dump.Append(Encoding.UTF8.GetString(bytes)).AppendLine(Encoding.Latin1.GetString(bytes));
        }
        return dump.ToString();
    }
}
