using System.Net;
using System.Net.Http.Json;
using Ums.Messages.Events;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.Contacts;

public sealed class RegisterContactTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task an_unknown_number_is_not_registered() =>
        await RefusedAsync(await service.Stranger().Http.GetAsync("/api/contact"), HttpStatusCode.NotFound, "not-registered");

    [Fact]
    public async Task a_resident_registers_with_one_address_and_reads_it_back()
    {
        var resident = service.Stranger();

        var answer = await resident.RegisterAsync();

        Assert.Equal("Kerstin", answer.GetProperty("givenName").GetString());
        Assert.Equal("19610412", answer.GetProperty("birthDate").GetString());
        Assert.Equal("supplementaryRegister", answer.GetProperty("source").GetString());
        Assert.True(answer.GetProperty("isNew").GetBoolean());
        var phone = Assert.Single(answer.GetProperty("phones").EnumerateArray());
        Assert.Equal((resident.Phone, resident.Phone.StartsWith("+467", StringComparison.Ordinal) ? "mobile" : "landline", true), (phone.GetProperty("number").GetString(), phone.GetProperty("kind").GetString(), phone.GetProperty("signedIn").GetBoolean()));
        var address = Assert.Single(answer.GetProperty("addresses").EnumerateArray());
        Assert.Equal(("Sankt Eriksgatan", 117), (address.GetProperty("street").GetString(), address.GetProperty("number").GetInt32()));
        Assert.True(address.GetProperty("main").GetBoolean());
        Assert.True(address.GetProperty("alerts").GetBoolean());
        Assert.False(address.GetProperty("located").GetBoolean());
        Assert.Equal("stockholm", answer.GetProperty("organisation").GetProperty("slug").GetString());
        Assert.Equal(answer.GetRawText(), (await resident.ContactAsync()).GetRawText());
    }

    [Fact]
    public async Task a_registration_is_told_in_events_with_rising_versions_and_without_personal_data()
    {
        var resident = service.Stranger();
        var id = (await resident.RegisterAsync()).GetProperty("id").GetGuid();

        Assert.Equal(1, (await service.Bus.PublishedAsync<ContactRegistered>(e => e.ContactId == id)).Version);
        Assert.Equal(2, (await service.Bus.PublishedAsync<PhoneAdded>(e => e.ContactId == id)).Version);
        var added = await service.Bus.PublishedAsync<AddressAdded>(e => e.ContactId == id);
        Assert.Equal((3, Neighbours.SanktEriksgatan.AddressId, "0180", true), (added.Version, added.AddressId, added.MunicipalityCode, added.Main));
    }

    [Fact]
    public async Task a_second_registration_of_the_number_meets_the_first()
    {
        var resident = service.Stranger();
        var first = await resident.RegisterAsync();

        var problem = await RefusedAsync(await resident.Http.PostAsJsonAsync("/api/contact", Form(givenName: "Annan")), HttpStatusCode.Conflict, "already-registered");

        Assert.Equal(first.GetRawText(), problem.GetProperty("contact").GetRawText());
    }

    [Fact]
    public async Task a_form_sent_twenty_times_at_once_registers_once()
    {
        var resident = service.Stranger();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => resident.Http.PostAsJsonAsync("/api/contact", Form())));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        var id = (await resident.ContactAsync()).GetProperty("id").GetGuid();
        await service.Bus.PublishedAsync<ContactRegistered>(e => e.ContactId == id);
        Assert.Single(service.Bus.Published<AddressAdded>(e => e.ContactId == id));
    }

    [Fact]
    public async Task a_company_contact_has_a_company_and_no_birth_date()
    {
        var resident = service.Stranger(kind: "company");

        var answer = await resident.RegisterAsync();

        Assert.Equal("company", answer.GetProperty("kind").GetString());
        Assert.Equal("Åkerlunds Rör AB", answer.GetProperty("companyName").GetString());
        Assert.Equal("5560360793", answer.GetProperty("organisationNumber").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.GetProperty("birthDate").ValueKind);
    }

    [Fact]
    public async Task one_number_may_be_a_private_person_and_a_company_contact_and_known_to_several_organisations()
    {
        var phone = ContactsFixture.FreshNumber();
        var asPerson = service.Stranger(phone: phone);
        var asCompany = service.Stranger(kind: "company", phone: phone);
        var elsewhere = service.Stranger(ContactsFixture.Pitea, phone: phone);

        var ids = new[]
        {
            (await asPerson.RegisterAsync()).GetProperty("id").GetGuid(),
            (await asCompany.RegisterAsync()).GetProperty("id").GetGuid(),
            (await elsewhere.RegisterAsync(Neighbours.Storgatan)).GetProperty("id").GetGuid(),
        };

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[2], (await elsewhere.ContactAsync()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task nobody_under_sixteen_registers()
    {
        var tomorrow = Ums.Contacts.Contacts.AgeLimit.SwedishDay(DateTimeOffset.UtcNow).AddDays(1);
        var resident = service.Stranger();

        await RefusedAsync(
            await resident.Http.PostAsJsonAsync("/api/contact", Form(birthDate: tomorrow.AddYears(-16).ToString("yyyyMMdd", null))),
            HttpStatusCode.UnprocessableEntity, "under-16");
        await ReadAsync(
            await resident.Http.PostAsJsonAsync("/api/contact", Form(birthDate: tomorrow.AddDays(-2).AddYears(-16).ToString("yyyyMMdd", null))), HttpStatusCode.Created);
    }
}
