using System.Text;
using Microsoft.Extensions.Configuration;
using Ums.ServiceDefaults.Secrets;
using Ums.ServiceDefaults.Tokens;
using Ums.Testing;

namespace Ums.Identity.Tests;

public sealed class AccessTests(ServiceFixture<Program> identity) : IClassFixture<ServiceFixture<Program>>
{
    private static readonly Guid Stockholm = Guid.CreateVersion7();
    private static readonly Guid Elsewhere = Guid.CreateVersion7();
    private static readonly Guid Somebody = Guid.CreateVersion7();
    private static readonly Guid Session = Guid.CreateVersion7();
    private static readonly Guid Invitation = Guid.CreateVersion7();

    [Fact]
    public Task every_route_lets_in_whom_the_table_says() => AccessWalk.AssertAsync(identity, new AccessScene(
        Stockholm, "stockholm", Elsewhere, "elsewhere", PrepareAsync,
        path => path.Contains("people", StringComparison.Ordinal) ? Somebody.ToString()
            : path.Contains("invitations", StringComparison.Ordinal) ? Invitation.ToString()
            : path.Contains("clients", StringComparison.Ordinal) ? "stockholm-1" : null)
    {
        Operator = Somebody,
        Session = Session,
    });

    [Fact]
    public void the_table_of_roles_is_the_codes()
    {
        var text = new StringBuilder("""
            # Who may do what

            An operator is one or more of these in an organisation; their token is good for what any of them may. UMS's staff are administrators wherever they have entered
            with a reason. An approver never approves what they submitted themselves. Made from [Roles](../ServiceDefaults/Tokens/Roles.cs) by a test; what follows, route by
            route, is asked of each service and stands in [identity](access/identity.md), [contacts](access/contacts.md), [geocoding](access/geocoding.md) and
            [notifier](access/notifier.md).

            | scope | every operator |
            """).Append(' ').AppendJoin(" | ", Roles.All).AppendLine(" |").Append("|---|---|").AppendJoin("", Roles.All.Select(_ => "---|")).AppendLine();
        foreach (var scope in Roles.ScopesOf(Roles.All).Order(StringComparer.Ordinal))
        {
            text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"| `{scope}` | {(scope == Scopes.Account ? "yes" : "")} | {string.Join(" | ", Roles.All.Select(role => Roles.ScopesOf(role).Contains(scope) ? "yes" : ""))} |");
        }
        CommittedDocument.AssertUpToDate("docs/access.md", text.ToString());
    }

    private byte[] Sealed => new PersonalData(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Keys:PersonalData"] = identity.Keys["PersonalData"] }).Build()).Seal(Guid.Empty, "x");

    private async Task PrepareAsync()
    {
        await identity.ExecuteAsync(Rows, Stockholm, Elsewhere, Somebody, Invitation, Sealed);
        await identity.ExecuteAsync("""
            insert into operator_sessions (id, operator_id, organisation_id, ticket_hash, started_at, created_at, signed_in_at, seen_at)
                values ($1, $2, $3, 'x', now(), now(), now(), now()) on conflict (id) do update set ended_at = null
            """, Session, Somebody, Stockholm);
    }

    private const string Rows = """
        with organisation as (
            insert into organisations (id, slug, name, kind, municipality_codes, sms_sender_name, voice_caller_id) values
                ($1, 'stockholm', 'Stockholm', 'municipality', '{0180}', 'Kommunen', '+46846500401'), ($2, 'elsewhere', 'Elsewhere', 'municipality', '{2581}', 'Kommunen', '+46846500401')
            on conflict do nothing),
        somebody as (insert into operators (id, email_index, email_sealed, name_sealed, created_at) values ($3, 'x', $5, $5, now()) on conflict do nothing),
        member as (insert into memberships values ($1, $3, '{reader}', now()) on conflict do nothing),
        invited as (insert into invitations (id, token_hash, organisation_id, roles, created_at, expires_at) values ($4, 'x', $1, '{reader}', now(), now() - interval '1 day') on conflict do nothing),
        provided as (insert into providers values ($1, 'https://login.example.se/', 'x', 'x', 'email', now()) on conflict do nothing),
        known as (insert into openiddict_applications (id, client_id, client_type, permissions) values ($3, 'stockholm-1', 'confidential', '[]') on conflict do nothing)
        insert into api_clients (client_id, organisation_id, name, scopes, created_at) values ('stockholm-1', $1, 'x', '{}', now())
            on conflict (client_id) do update set revoked_at = null
        """;
}
