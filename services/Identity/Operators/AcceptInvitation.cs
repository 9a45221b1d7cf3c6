using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.Identity.Askers;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;

namespace Ums.Identity.Operators;

/// <summary>
/// Somebody follows their link: a new account with a password and an authenticator, or, where there is an account for the address, the roles for it once its
/// password and code are given.
/// </summary>
internal static class AcceptInvitation
{
    /// <param name="Email">The first administrator's; otherwise it is the invitation's.</param>
    public sealed record Request(string? Token, string? Email, string? Name, string? Password, string? Code);

    /// <param name="RecoveryCodes">Shown now and never again; none for an account that has its own.</param>
    public sealed record Response(string[] RecoveryCodes);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, ClientNetwork networks, IdentityDb db, Invitations invitations, People people, Passwords passwords,
        OperatorVerifier verifier, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.AcrossOrganisationsAsync(token => invitations.FindAsync(request.Token, token), cancellationToken) is not { } invitation)
        {
            return OperatorProblems.UnknownInvitation();
        }
        var email = invitation.EmailSealed is { } given ? people.Open(given) : People.ReadEmail(request.Email);
        var name = invitation.NameSealed is { } known ? people.Open(known) : People.ReadName(request.Name);
        var code = Codes.Read(request.Code);
        var person = email is null ? null : await people.FindAsync(db, email, cancellationToken);
        if (person is not null)
        {
            var check = await verifier.CheckAsync(
                email!, request.Password is { Length: <= Passwords.Longest } typed ? typed : "", code ?? "", new Asker(BrowserCookie.Ensure(http), networks.Of(http)), cancellationToken);
            if (check.Operator is null)
            {
                return check.Refusal is { } refusal ? OperatorProblems.TooMany(http, refusal, clock.GetUtcNow()) : OperatorProblems.Wrong();
            }
        }
        else if (Errors(email, name, request.Password, code, invitations.SecretOf(invitation), clock.GetUtcNow()) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }
        try
        {
            return await db.AcrossOrganisationsAsync(async token =>
            {
                if (!await invitations.UseAsync(invitation, token))
                {
                    return null;
                }
                var id = person?.Id ?? Guid.CreateVersion7();
                if (person is null)
                {
                    db.Operators.Add(New(id, email!, name!, request.Password!, code!));
                    await db.SaveChangesAsync(token);
                }
                var codes = person is null ? await RecoveryCodes.RenewAsync(db, id, token) : [];
                if (invitation.OrganisationId is { } organisation)
                {
                    await JoinAsync(db, organisation, id, invitation.Roles, clock.GetUtcNow(), token);
                }
                await audit.AppendAsync(db, invitation.OrganisationId ?? Guid.Empty, new AuditRecord("operator", id.ToString(), "operator-joined")
                {
                    Target = invitation.Id.ToString(),
                    Detail = string.Join(' ', invitation.Roles),
                }, token);
                return new Response(codes);
            }, cancellationToken) is { } done ? TypedResults.Ok(done) : OperatorProblems.UnknownInvitation();
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Two links for one new address were used at once; with the second one the account of the first is signed in to.
            return Problems.Problem(StatusCodes.Status409Conflict, "already-operator", "There is an account for the address already.");
        }

        Operator New(Guid id, string address, string called, string password, string first) => new()
        {
            Id = id,
            EmailIndex = people.Index(address),
            EmailSealed = people.Seal(address),
            NameSealed = people.Seal(called),
            Staff = invitation.OrganisationId is null,
            PasswordHash = passwords.Hash(password),
            TotpSealed = people.Seal(invitations.SecretOf(invitation)),
            TotpStep = Totp.StepOf(invitations.SecretOf(invitation), first, clock.GetUtcNow()) ?? 0,
            CreatedAt = clock.GetUtcNow(),
        };
    }

    private static Dictionary<string, string[]> Errors(string? email, string? name, string? password, string? code, byte[] secret, DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        if (email is null)
        {
            errors["email"] = ["not-an-email"];
        }
        if (name is null)
        {
            errors["name"] = ["required"];
        }
        if (Passwords.Fault(password, email ?? "") is { } fault)
        {
            errors["password"] = [fault];
        }
        if (code is null || Totp.StepOf(secret, code, now) is null)
        {
            errors["code"] = ["wrong-code"];
        }
        return errors;
    }

    /// <summary>Who is there already has the new roles beside the old.</summary>
    private static Task<int> JoinAsync(IdentityDb db, Guid organisation, Guid person, string[] roles, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"""
            insert into memberships (organisation_id, operator_id, roles, since) values ({organisation}, {person}, {roles}, {now})
            on conflict (organisation_id, operator_id) do update set
                roles = (select array_agg(distinct role) from unnest(memberships.roles || excluded.roles) as r (role))
            """, cancellationToken);
}
