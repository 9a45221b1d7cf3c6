using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Ums.Contacts.Phones;
using Ums.Messages.Events;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests.Phones;

public sealed class PhoneTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task a_proved_landline_is_added_and_signs_in_to_the_same_entry()
    {
        var resident = await service.RegisteredAsync();

        var added = await ReadAsync(await resident.AddPhoneAsync("+46313900601"), HttpStatusCode.Created);

        Assert.Equal(("landline", false), (added.GetProperty("kind").GetString(), added.GetProperty("signedIn").GetBoolean()));
        Assert.Equal(2, (await resident.With("+46313900601").ContactAsync()).GetProperty("phones").GetArrayLength());
        var id = added.GetProperty("id").GetGuid();
        Assert.Equal("landline", (await service.Bus.PublishedAsync<PhoneAdded>(e => e.PhoneId == id)).Kind);
    }

    [Fact]
    public async Task a_number_is_changed_and_the_session_that_changed_it_goes_on()
    {
        var resident = await service.RegisteredAsync();
        var before = await resident.ContactAsync();
        var (oldId, newNumber) = (before.GetProperty("phones")[0].GetProperty("id").GetString(), ContactsFixture.FreshNumber());

        await ReadAsync(await resident.AddPhoneAsync(newNumber, replaces: oldId), HttpStatusCode.Created);

        var after = await resident.ContactAsync();
        Assert.Equal(before.GetProperty("id").GetString(), after.GetProperty("id").GetString());
        var phone = Assert.Single(after.GetProperty("phones").EnumerateArray());
        Assert.Equal((newNumber, false), (phone.GetProperty("number").GetString(), phone.GetProperty("signedIn").GetBoolean()));
        await RefusedAsync(await resident.InNewSession().Http.GetAsync("/api/contact"), HttpStatusCode.NotFound, "not-registered");
        Assert.Equal(after.GetProperty("id").GetString(), (await resident.With(newNumber).ContactAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task whoever_takes_over_a_left_number_is_not_shown_to_the_session_that_left_it()
    {
        var resident = await service.RegisteredAsync();
        var own = await resident.ContactAsync();
        await resident.AddPhoneAsync(ContactsFixture.FreshNumber(), replaces: own.GetProperty("phones")[0].GetProperty("id").GetString());

        var successor = await resident.InNewSession().RegisterAsync();

        Assert.NotEqual(own.GetProperty("id").GetString(), successor.GetProperty("id").GetString());
        Assert.Equal(own.GetProperty("id").GetString(), (await resident.ContactAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task a_number_is_removed_but_not_the_last_one()
    {
        var resident = await service.RegisteredAsync();
        var own = (await resident.ContactAsync()).GetProperty("phones")[0].GetProperty("id").GetString();

        await RefusedAsync(await resident.Http.DeleteAsync($"/api/contact/phones/{own}"), HttpStatusCode.Conflict, "last-phone");
        var extra = (await ReadAsync(await resident.AddPhoneAsync(ContactsFixture.FreshNumber()), HttpStatusCode.Created)).GetProperty("id").GetString();
        await ReadAsync(await resident.Http.DeleteAsync($"/api/contact/phones/{extra}"), HttpStatusCode.NoContent);

        await RefusedAsync(await resident.Http.DeleteAsync($"/api/contact/phones/{extra}"), HttpStatusCode.NotFound, "not-found");
        Assert.Single((await resident.ContactAsync()).GetProperty("phones").EnumerateArray());
        await service.Bus.PublishedAsync<PhoneRemoved>(e => e.PhoneId == Guid.Parse(extra!));
    }

    [Fact]
    public async Task a_proof_twice_adds_once()
    {
        var resident = await service.RegisteredAsync();
        var number = ContactsFixture.FreshNumber();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => resident.AddPhoneAsync(number)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Equal(2, (await resident.ContactAsync()).GetProperty("phones").GetArrayLength());
    }

    [Fact]
    public async Task a_number_of_another_entry_is_taken_also_when_two_ask_at_once()
    {
        var other = await service.RegisteredAsync();
        var (one, two) = (await service.RegisteredAsync(), await service.RegisteredAsync());
        await RefusedAsync(await one.AddPhoneAsync(other.Phone), HttpStatusCode.Conflict, "phone-taken");
        var number = ContactsFixture.FreshNumber();

        var answers = await Task.WhenAll(one.AddPhoneAsync(number), two.AddPhoneAsync(number));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task only_a_proof_made_for_this_resident_counts()
    {
        var resident = await service.RegisteredAsync();
        var number = ContactsFixture.FreshNumber();
        var signIn = service.Tokens.Resident(ContactsFixture.Stockholm.Id, number, subject: resident.Subject);
        var old = service.Tokens.Mint("phone.proof", ["contacts"], new()
        {
            ["sub"] = resident.Subject.ToString(), ["organisation"] = ContactsFixture.Stockholm.Id.ToString(), ["phone_number"] = number, ["kind"] = "private",
        }, issued: DateTimeOffset.UtcNow.AddHours(-1), lifetime: TimeSpan.FromMinutes(10));

        foreach (var answer in new[]
                 {
                     await resident.AddPhoneAsync(number, subject: Guid.CreateVersion7()),
                     await resident.AddPhoneAsync(number, organisation: ContactsFixture.Pitea.Id),
                     await resident.AddPhoneAsync(number, kind: "company"),
                     await AddAsync(signIn),
                     await AddAsync(old),
                     await AddAsync(service.Tokens.PhoneProof(ContactsFixture.Stockholm.Id, resident.Subject, number)[..^8] + "AAAAAAAA"),
                     await AddAsync("not.a.token"),
                     await AddAsync(new string('a', 100_000)),
                     await AddAsync(null),
                 })
        {
            var problem = await RefusedAsync(answer, HttpStatusCode.BadRequest, "validation");
            Assert.True(problem.GetProperty("errors").TryGetProperty("proof", out _));
        }
        Assert.Single((await resident.ContactAsync()).GetProperty("phones").EnumerateArray());

        Task<HttpResponseMessage> AddAsync(string? proof) => resident.Http.PostAsJsonAsync("/api/contact/phones", new { proof });
    }

    [Fact]
    public async Task a_proof_does_not_open_the_entry_itself()
    {
        var proof = service.Tokens.PhoneProof(ContactsFixture.Stockholm.Id, Guid.CreateVersion7(), ContactsFixture.FreshNumber());

        Assert.Equal(HttpStatusCode.Forbidden, (await service.ClientWith(proof).GetAsync("/api/contact")).StatusCode);
    }

    [Fact]
    public async Task what_a_removed_number_left_behind_is_forgotten_after_the_session()
    {
        var resident = await service.RegisteredAsync();
        var extra = (await ReadAsync(await resident.AddPhoneAsync(ContactsFixture.FreshNumber()), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await resident.Http.DeleteAsync($"/api/contact/phones/{extra}");
        var forget = service.Services.GetRequiredService<ForgetNumbers>();
        Assert.True(await service.QueryAsync<bool>("select number is null from phones where id = $1", extra));

        await forget.SweepAsync(CancellationToken.None);
        Assert.Equal(1, await service.QueryAsync<long>("select count(*) from phones where id = $1", extra));
        await service.ExecuteAsync("update phones set removed_at = now() - interval '3 hours 1 minute' where id = $1", extra);
        await forget.SweepAsync(CancellationToken.None);

        Assert.Equal(0, await service.QueryAsync<long>("select count(*) from phones where id = $1", extra));
    }
}
