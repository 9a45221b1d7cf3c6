using Microsoft.EntityFrameworkCore;
using Ums.Identity.Operators;

namespace Ums.Identity.Providers;

/// <summary>A browser comes back from its organisation's provider; whom the provider vouches for gets a ticket, for this organisation alone.</summary>
internal static partial class FinishForeignSignIn
{
    public const string TicketCookie = "__Host-ums-ticket";

    public static async Task<IResult> Handle(
        string? code, string? state, string? error, HttpContext http, IdentityDb db, ForeignStates states, ForeignTokens tokens, ForeignPeople people,
        OperatorSessions sessions, ILogger<Provider> log, CancellationToken cancellationToken)
    {
        if (states.Take(http, state) is not { } kept)
        {
            return BeginForeignSignIn.Failed("gammal");
        }
        if (error is not null || code is not { Length: > 0 and <= 4000 }
            || await db.InOrganisationAsync(kept.Organisation, token => db.Providers.AsNoTracking().SingleOrDefaultAsync(token), cancellationToken) is not { } provider)
        {
            return BeginForeignSignIn.Failed("nekad");
        }
        try
        {
            var claims = await tokens.ExchangeAsync(provider, code, kept, cancellationToken);
            if (await people.FindAsync(provider, claims, cancellationToken) is not { } person)
            {
                return BeginForeignSignIn.Failed("okand");
            }
            var ticket = await sessions.PrepareAsync(person, kept.Organisation, cancellationToken, claims.SignedInAt);
            http.Response.Cookies.Append(TicketCookie, ticket, new CookieOptions
            {
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                IsEssential = true,
                MaxAge = OperatorSession.TicketLifetime,
            });
            return Results.LocalRedirect($"/admin/in?tillbaka={Uri.EscapeDataString(kept.Then)}");
        }
        catch (ProviderException e)
        {
            Refused(log, kept.Organisation, e.Word);
            return BeginForeignSignIn.Failed(e.Word == "provider-away" ? "borta" : "nekad");
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The provider of organisation {Organisation} signed nobody in: {Reason}")]
    private static partial void Refused(ILogger logger, Guid organisation, string reason);
}
