using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Tests;

/// <summary>Another organisation's rows, and another resident's, are not there: over every route that the service has, and in the database itself.</summary>
public sealed partial class TenancyTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Open = ["/health", "/alive", "/metrics", "/api/openapi"];

    [Fact]
    public async Task every_route_wants_a_token_with_the_scope_for_this_service()
    {
        var organisation = ContactsFixture.Stockholm.Id;
        var strangers = new[]
        {
            (service.Client, HttpStatusCode.Unauthorized),
            (service.ClientWith(service.Tokens.Resident(organisation, scope: "address.read")), HttpStatusCode.Forbidden),
            (service.ClientWith(service.Tokens.Resident(organisation, scope: "contacts contact.reader")), HttpStatusCode.Forbidden),
            (service.ClientWith(service.Tokens.Client("geocoding", "contact", "geocoding")), HttpStatusCode.Unauthorized),
        };
        var routes = Routes().Where(route => !Open.Contains(route.Path)).ToList();
        Assert.True(routes.Count >= 11, "the routes were found");

        foreach (var (method, path) in routes)
        {
            foreach (var (client, expected) in strangers)
            {
                using var request = Request(method, path, Guid.CreateVersion7());
                Assert.Equal((method, path, expected), (method, path, (await client.SendAsync(request)).StatusCode));
            }
        }
    }

    [Fact]
    public async Task no_route_reaches_an_id_of_another_organisation_or_another_resident()
    {
        var victim = await service.RegisteredAsync();
        await victim.AddAddressAsync(Neighbours.BirgerJarlsgatan);
        await victim.AddPhoneAsync(ContactsFixture.FreshNumber());
        var before = (await victim.ContactAsync()).GetRawText();
        var ids = (await victim.ContactAsync()).GetProperty("phones").EnumerateArray()
            .Concat((await victim.ContactAsync()).GetProperty("addresses").EnumerateArray())
            .Append(await victim.ContactAsync())
            .Select(row => row.GetProperty("id").GetGuid()).ToList();
        var others = new[] { await service.RegisteredAsync(ContactsFixture.Pitea), await service.RegisteredAsync(ContactsFixture.Energi), await service.RegisteredAsync() };
        var routes = Routes().Where(route => IsOwn(route.Path) && route.Path.Contains("{id", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, routes.Count);

        foreach (var (method, path) in routes)
        {
            foreach (var id in ids)
            {
                foreach (var other in others)
                {
                    using var request = Request(method, path, id);
                    Assert.Equal((method, path, HttpStatusCode.NotFound), (method, path, (await other.Http.SendAsync(request)).StatusCode));
                }
            }
        }
        Assert.Equal(HttpStatusCode.NotFound, (await others[0].AddPhoneAsync(ContactsFixture.FreshNumber(), replaces: ids[0].ToString())).StatusCode);
        Assert.Equal(before, (await victim.ContactAsync()).GetRawText());
    }

    [Fact]
    public async Task the_same_number_at_another_organisation_finds_nothing_on_any_route()
    {
        var resident = await service.RegisteredAsync();
        var elsewhere = service.Stranger(ContactsFixture.Pitea, phone: resident.Phone);

        foreach (var (method, path) in Routes().Where(route => IsOwn(route.Path) && route is not ("POST", "/api/contact" or "/api/contact/phones")))
        {
            using var request = Request(method, path, Guid.CreateVersion7());
            Assert.Equal((method, path, HttpStatusCode.NotFound), (method, path, (await elsewhere.Http.SendAsync(request)).StatusCode));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.AddPhoneAsync(ContactsFixture.FreshNumber())).StatusCode);
    }

    [Fact]
    public async Task many_requests_of_several_organisations_at_once_never_mix()
    {
        var residents = new List<Resident>();
        foreach (var organisation in ContactsFixture.Organisations)
        {
            residents.Add(await service.RegisteredAsync(organisation));
            residents.Add(await service.RegisteredAsync(organisation));
        }

        await Parallel.ForAsync(0, 600, new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (n, _) =>
        {
            var resident = residents[n % residents.Count];
            var contact = await resident.ContactAsync();
            Assert.Equal(resident.Phone, contact.GetProperty("phones")[0].GetProperty("number").GetString());
        });
    }

    [Fact]
    public async Task every_table_of_persons_is_empty_to_whoever_names_no_organisation_or_another_one()
    {
        await service.RegisteredAsync();
        var source = service.Services.GetRequiredService<NpgsqlDataSource>();
        var tables = new List<string>();
        await using (var command = source.CreateCommand("select table_name from information_schema.columns where table_schema = 'public' and column_name = 'organisation_id' and table_name not like 'outbox%'"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }
        Assert.Superset(new HashSet<string> { "contacts", "phones", "addresses", "audit_entries", "opt_outs", "register_rows", "register_imports", "audience_resolutions", "audience_phones", "register_uploads", "register_upload_parts", "register_refusals", "register_undo" }, tables.ToHashSet());

        foreach (var table in tables)
        {
            foreach (var organisation in new[] { "", ContactsFixture.Pitea.Id.ToString(), Guid.Empty.ToString() })
            {
                await using var connection = await source.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await using (var tenant = new NpgsqlCommand("select set_config('ums.organisation', $1, true)", connection) { Parameters = { new() { Value = organisation } } })
                {
                    await tenant.ExecuteNonQueryAsync();
                }
                await using var count = new NpgsqlCommand($"select count(*) from {table} where organisation_id <> ums_organisation() or ums_organisation() is null", connection);
                Assert.Equal((table, 0L), (table, (long)(await count.ExecuteScalarAsync())!));
            }
        }
    }

    [Fact]
    public async Task a_row_cannot_be_written_into_another_organisation()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => service.InScopeAsync<ContactsDb, int>(db => db.InOrganisationAsync(ContactsFixture.Pitea.Id, token =>
            db.Database.ExecuteSqlAsync($"insert into opt_outs (organisation_id, register_key, at) values ({ContactsFixture.Stockholm.Id}, {new byte[] { 1 }}, now())", token), CancellationToken.None)));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    /// <summary>A resident's own entry; what operators do with others' has tests of its own.</summary>
    private static bool IsOwn(string path) => path == "/api/contact" || path.StartsWith("/api/contact/", StringComparison.Ordinal);

    private List<(string Method, string Path)> Routes() =>
        [.. service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'))))
            .Distinct()];

    private static HttpRequestMessage Request(string method, string path, Guid id)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), Parameter().Replace(path, id.ToString()));
        if (method is "POST" or "PUT")
        {
            request.Content = JsonContent.Create(new { enabled = false, hidden = true, addressId = Neighbours.Storgatan.AddressId, main = true, proof = "x" });
        }
        return request;
    }

    [GeneratedRegex(@"\{\w+:guid\}")]
    private static partial Regex Parameter();
}
