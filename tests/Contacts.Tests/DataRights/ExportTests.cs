using System.Net;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.DataRights;

public sealed class ExportTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task a_resident_gets_all_that_is_held_as_a_file()
    {
        var resident = await service.RegisteredAsync();
        await resident.AddPhoneAsync(ContactsFixture.FreshNumber());

        var answer = await resident.Http.GetAsync("/api/contact/export");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"familyName\": \"Åkerlund\"", text);
        var export = await ReadAsync(answer, HttpStatusCode.OK);
        Assert.Equal("19610412", export.GetProperty("contact").GetProperty("birthDate").GetString());
        Assert.Equal(2, export.GetProperty("contact").GetProperty("phones").GetArrayLength());
        Assert.Empty(export.GetProperty("withheld").EnumerateArray());
        Assert.Equal(4, export.GetProperty("audit").GetArrayLength());
    }

    [Fact]
    public async Task the_export_tells_of_what_removed_things_left_behind()
    {
        var resident = await service.RegisteredAsync();
        var extra = (await ReadAsync(await resident.AddPhoneAsync(ContactsFixture.FreshNumber()), HttpStatusCode.Created)).GetProperty("id").GetString();
        await resident.Http.DeleteAsync($"/api/contact/phones/{extra}");

        Assert.Equal(extra, Assert.Single((await resident.ExportAsync()).GetProperty("removedPhones").EnumerateArray()).GetProperty("id").GetString());
    }
}
