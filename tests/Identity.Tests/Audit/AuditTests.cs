using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.ServiceDefaults.Audit;

namespace Ums.Identity.Tests.Audit;

public sealed class AuditTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private static readonly AuditRecord Look = new("operator", "someone", "contact-read") { PersonId = Guid.CreateVersion7(), Reason = "å" };

    [Fact]
    public async Task many_writers_make_one_chain()
    {
        var organisation = Guid.CreateVersion7();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => WriteAsync(organisation, Look, Look with { Target = "" }, Look with { Target = null })));

        var found = await VerifyAsync();

        Assert.Empty(found.Faults);
        Assert.Equal(120, found.Heads.Single(head => head.OrganisationId == organisation).Position);
    }

    [Fact]
    public async Task what_does_not_commit_leaves_no_gap()
    {
        var organisation = Guid.CreateVersion7();
        await WriteAsync(organisation, Look);
        await using (var scope = identity.Services.CreateAsyncScope())
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => scope.Get<IdentityDb>().InOrganisationAsync(organisation, async token =>
            {
                await identity.Services.GetRequiredService<AuditTrail>().AppendAsync(scope.Get<IdentityDb>(), organisation, Look, token);
                throw new InvalidOperationException();
            }, CancellationToken.None));
        }
        await WriteAsync(organisation, Look);

        Assert.Empty((await VerifyAsync()).Faults);
        Assert.Equal(2, await identity.QueryAsync<long>("select max(position) from audit_log where organisation_id = $1", organisation));
    }

    [Theory]
    [InlineData("update audit_log set reason = null where organisation_id = $1 and position = 2", "row 2 was changed")]
    [InlineData("update audit_log set at = at - interval '1 microsecond' where organisation_id = $1 and position = 2", "row 2 was changed")]
    [InlineData("update audit_log set target = '' where organisation_id = $1 and position = 2", "row 2 was changed")]
    [InlineData("delete from audit_log where organisation_id = $1 and position = 2", "rows 2 to 2 are missing")]
    [InlineData("delete from audit_log where organisation_id = $1 and position = 3", "the chain does not end at row 3")]
    [InlineData("update audit_log set position = 9 - position where organisation_id = $1", "rows 1 to 5 are missing")]
    public async Task what_was_done_to_the_rows_behind_our_back_is_found(string sql, string fault)
    {
        var organisation = Guid.CreateVersion7();
        await WriteAsync(organisation, Look, Look, Look);
        Assert.Empty((await VerifyAsync()).Faults);

        await identity.ExecuteAsync(sql, organisation);
        var found = await VerifyAsync();
        await identity.ExecuteAsync("with l as (delete from audit_log where organisation_id = $1) delete from audit_heads where organisation_id = $1", organisation);

        Assert.Contains(found.Faults, line => line == $"{organisation}: {fault}" || line.StartsWith($"{organisation}: {fault}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_chain_cut_off_with_its_head_is_found_by_heads_kept_elsewhere()
    {
        var organisation = Guid.CreateVersion7();
        await WriteAsync(organisation, Look, Look);
        var (position, hash) = (2L, await identity.QueryAsync<byte[]>("select hash from audit_log where organisation_id = $1 and position = 2", organisation));
        await WriteAsync(organisation, Look);
        var kept = (await VerifyAsync()).Heads;

        await identity.ExecuteAsync("delete from audit_log where organisation_id = $1 and position = 3", organisation);
        await identity.ExecuteAsync("update audit_heads set position = $2, hash = $3 where organisation_id = $1", organisation, position, hash!);

        Assert.Empty((await VerifyAsync()).Faults);
        Assert.Contains((await VerifyAsync([.. kept])).Faults, fault => fault.Contains(organisation.ToString(), StringComparison.Ordinal));
        await identity.ExecuteAsync("with l as (delete from audit_log where organisation_id = $1) delete from audit_heads where organisation_id = $1", organisation);
    }

    [Theory]
    [InlineData("update audit_log set reason = 'x'")]
    [InlineData("delete from audit_log")]
    [InlineData("truncate audit_log")]
    [InlineData("insert into audit_log (organisation_id, position, at, actor, actor_id, action, previous, hash) values (gen_random_uuid(), 1, now(), '', '', '', '', '')")]
    [InlineData("update audit_heads set position = 0")]
    [InlineData("delete from audit_heads")]
    public async Task the_service_itself_may_only_append(string sql)
    {
        await using var command = identity.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    [Fact]
    public async Task ten_thousand_at_once_are_a_matter_of_a_second()
    {
        var organisation = Guid.CreateVersion7();
        var began = Stopwatch.GetTimestamp();
        await WriteAsync(organisation, [.. Enumerable.Repeat(Look, 10_000)]);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 10);
        Assert.Empty((await VerifyAsync()).Faults);
    }

    private async Task WriteAsync(Guid organisation, params AuditRecord[] records)
    {
        await using var scope = identity.Services.CreateAsyncScope();
        await scope.Get<IdentityDb>().InOrganisationAsync(
            organisation, token => scope.Get<AuditTrail>().AppendAsync(scope.Get<IdentityDb>(), organisation, records, token), CancellationToken.None);
    }

    private Task<AuditFindings> VerifyAsync(params AuditHead[] earlier) => identity.Services.GetRequiredService<VerifyAudit>().RunAsync(earlier, CancellationToken.None);
}
