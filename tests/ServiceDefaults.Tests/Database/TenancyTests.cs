using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ums.ServiceDefaults.Tests.Database;

public sealed class TenancyTests : IAsyncLifetime
{
    private static readonly Guid Ours = Guid.CreateVersion7();
    private static readonly Guid Theirs = Guid.CreateVersion7();
    private readonly Servers servers = new();
    private TestService service = null!;

    public async Task InitializeAsync()
    {
        await servers.InitializeAsync();
        service = await TestService.StartAsync("contacts", servers.Database, servers.Broker, waitForBus: false, settings: new()
        {
            // A small pool, so that tenants follow each other on the same connections.
            ["ConnectionStrings:notesdb"] = servers.Database + ";Maximum Pool Size=10",
        });
        await servers.ExecuteAsync($"""
            insert into notes (id, organisation_id, text) values
                (gen_random_uuid(), '{Ours}', 'ours'), (gen_random_uuid(), '{Ours}', 'ours'), (gen_random_uuid(), '{Theirs}', 'theirs')
            """);
    }

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        await servers.DisposeAsync();
    }

    [Fact]
    public async Task without_a_tenant_there_are_no_rows_even_for_raw_sql()
    {
        Assert.Equal(0L, await RawAsync("select count(*) from notes"));
        await using var scope = service.Services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<NotesDb>().Notes.IgnoreQueryFilters().ToListAsync());
    }

    [Fact]
    public async Task raw_sql_without_a_where_sees_the_tenants_rows_only() =>
        Assert.Equal(["ours", "ours"], await InAsync(Ours, db => db.Database.SqlQuery<string>($"select text as \"Value\" from notes").ToListAsync()));

    [Fact]
    public async Task another_tenants_row_is_neither_changed_nor_deleted_nor_written()
    {
        Assert.Equal(0, await InAsync(Ours, db => db.Database.ExecuteSqlAsync($"update notes set text = 'x' where organisation_id = {Theirs}")));
        Assert.Equal(0, await InAsync(Ours, db => db.Database.ExecuteSqlAsync($"delete from notes where organisation_id = {Theirs}")));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => InAsync(Ours,
            db => db.Database.ExecuteSqlAsync($"insert into notes (id, organisation_id, text) values (gen_random_uuid(), {Theirs}, 'x')")));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task two_thousand_parallel_requests_of_twenty_tenants_see_no_foreign_row()
    {
        var tenants = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();
        var foreign = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var tenant = tenants[i % tenants.Length];
            var seen = await InAsync(tenant, async db =>
            {
                db.Notes.Add(new Note { OrganisationId = tenant, Text = "mixed" });
                await db.SaveChangesAsync();
                return await db.Notes.IgnoreQueryFilters().Select(note => note.OrganisationId).Distinct().ToListAsync();
            });
            Interlocked.Add(ref foreign, seen.Count(organisation => organisation != tenant));
        });
        Assert.Equal(0, foreign);
        Assert.Equal(2000, await servers.QueryAsync<long>("select count(*) from notes where text = 'mixed'"));
        // And the tenant left with the transaction: the pool's connections know none.
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), async (_, _) => Assert.Equal(0L, await RawAsync("select count(*) from notes")));
    }

    [Fact]
    public async Task a_sweeper_sees_all_tenants_because_it_says_so()
    {
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        Assert.True(await db.AcrossOrganisationsAsync(token => db.Notes.CountAsync(token), CancellationToken.None) >= 3);
        Assert.False(db.Everywhere);
    }

    [Theory]
    [InlineData("alter table notes disable row level security")]
    [InlineData("drop policy organisation on notes")]
    [InlineData("create table mine (id int)")]
    [InlineData("set row_security = off; select * from notes")]
    [InlineData("drop table notes")]
    [InlineData("truncate notes")]
    public async Task the_services_role_cannot_open_the_lock(string sql) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => RawAsync(sql))).SqlState);

    [Fact]
    public async Task the_services_role_owns_nothing_and_bypasses_nothing()
    {
        Assert.Equal("ums_app", await RawAsync("select current_user::text"));
        Assert.Equal(false, await RawAsync("select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = 'ums_app'"));
        Assert.Equal(0L, await RawAsync("select count(*) from pg_class where relowner = 'ums_app'::regrole"));
    }

    private async Task<T> InAsync<T>(Guid organisation, Func<NotesDb, Task<T>> work)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotesDb>();
        return await db.InOrganisationAsync(organisation, _ => work(db), CancellationToken.None);
    }

    private async Task<object?> RawAsync(string sql)
    {
        await using var command = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
