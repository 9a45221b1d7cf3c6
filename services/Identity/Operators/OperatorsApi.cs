using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Operators;

internal static class OperatorsApi
{
    public static IHostApplicationBuilder AddOperators(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<OperatorOptions>(builder.Configuration.GetSection("Operators"));
        builder.Services.AddSingleton<People>().AddSingleton<Passwords>();
        builder.Services.AddScoped<SignInGuard>().AddScoped<OperatorVerifier>().AddScoped<OperatorSessions>().AddScoped<Invitations>();
        builder.Services.AddHostedService<FirstAdministrator>();
        builder.AddPasskeys();
        return builder;
    }

    public static void MapOperators(this IEndpointRouteBuilder routes)
    {
        // For the gateway's pages, where nobody is signed in yet.
        var pages = routes.MapGroup("/internal").RequireScope(Scopes.OperatorSignIn);
        pages.MapPost("operators/sign-in", SignInOperator.Handle);
        pages.MapPost("invitations/read", ReadInvitation.Handle);
        pages.MapPost("invitations/accept", AcceptInvitation.Handle);
        routes.MapGet("/internal/operator-sessions/{sid:guid}", CheckSession).RequireScope(Scopes.SessionCheck);

        var own = routes.MapGroup("/api/operator").RequireScope(Scopes.Account).WithTags("Operator");
        own.MapGet("", ReadAccount.Handle).WithName(nameof(ReadAccount));
        own.MapPut("organisation", ChooseOrganisation.Handle).WithName(nameof(ChooseOrganisation));
        own.MapPost("confirm", ConfirmSignIn.Handle).WithName(nameof(ConfirmSignIn));
        own.MapPost("sign-out", SignOutOperator.Handle).WithName(nameof(SignOutOperator));
        own.MapPost("recovery-codes", RenewRecoveryCodes.Handle).RequireFreshSignIn().WithName(nameof(RenewRecoveryCodes));
        own.MapPut("password", ChangePassword.Handle).RequireFreshSignIn().WithName(nameof(ChangePassword));

        routes.MapPasskeys();

        routes.MapGet("/api/organisations/{slug}/colleagues", ListColleagues.Handle).RequireScope(Scopes.OrganisationRead).WithTags("People").WithName(nameof(ListColleagues));

        var people = routes.MapGroup("/api/organisations/{slug}").RequireScope(Scopes.OperatorManage).WithTags("People");
        people.MapGet("people", ListPeople.Handle).WithName(nameof(ListPeople));
        people.MapPut("people/{id:guid}", ChangeRoles.Handle).RequireFreshSignIn().WithName(nameof(ChangeRoles));
        people.MapDelete("people/{id:guid}", RemovePerson.Handle).RequireFreshSignIn().WithName(nameof(RemovePerson));
        people.MapPost("invitations", InvitePerson.Handle).RequireFreshSignIn().WithName(nameof(InvitePerson));
        people.MapDelete("invitations/{id:guid}", WithdrawInvitation.Handle).WithName(nameof(WithdrawInvitation));
    }

    private static async Task<IResult> CheckSession(Guid sid, OperatorSessions sessions, CancellationToken cancellationToken) =>
        await sessions.TouchAsync(sid, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Problem(StatusCodes.Status404NotFound, "session-ended", "The session has ended.");
}
