using Microsoft.Extensions.DependencyInjection;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.Contacts.RegisterImport;

namespace Ums.Contacts.Tests.RegisterImport;

/// <summary>An organisation of its own in Stockholm, with a register.</summary>
internal sealed class RegisterWorld(ContactsFixture service)
{
    public ContactsFixture.Known Organisation { get; } = ContactsFixture.Stockholm with { Id = Guid.CreateVersion7() };

    public string Anna { get; } = ContactsFixture.FreshNumber();

    public string Bo { get; } = ContactsFixture.FreshNumber();

    /// <summary>Anna as the register has her.</summary>
    public RegisterRow AnnasRow => Row("anna", "Anna", Anna, Neighbours.SanktEriksgatan);

    public RegisterRow BosRow => Row("bo", "Bo", Bo, Neighbours.BirgerJarlsgatanB);

    public static RegisterRow Row(string key, string givenName, string? mobile, Neighbours.Address home) => new(
        key, ContactKind.Private, givenName, "Lindström", new DateOnly(1984, 5, 17), mobile, null, home.Street, $"{home.Number}{home.Letter}", home.Postcode, home.Place);

    public Task<ImportOutcome> ImportAsync(params RegisterRow[] rows) => ImportAsync(rows, complete: true);

    public async Task<ImportOutcome> ImportAsync(IEnumerable<RegisterRow> rows, bool complete)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var organisation = new Organisation(Organisation.Id, Organisation.Slug, Organisation.Name, Organisation.MunicipalityCodes);
        return await scope.ServiceProvider.GetRequiredService<ImportRegister>().RunAsync(organisation, "test", complete, rows.ToAsyncEnumerable(), CancellationToken.None);
    }

    /// <summary>Whoever signs in with the number.</summary>
    public Resident SignedIn(string phone) => new(service, Organisation, phone);

    public Task<long> CountAsync(string table) => service.QueryAsync<long>($"select count(*) from {table} where organisation_id = $1", Organisation.Id)!;
}
