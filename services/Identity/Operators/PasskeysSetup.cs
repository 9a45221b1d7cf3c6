using Microsoft.AspNetCore.Identity;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Operators;

internal static class PasskeysSetup
{
    public static void AddPasskeys(this IHostApplicationBuilder builder)
    {
        var site = new Uri(builder.Configuration["Tokens:Issuer"] ?? throw new InvalidOperationException("Tokens:Issuer is not set."));
        builder.Services.AddIdentityCore<Operator>().AddUserStore<PasskeyUsers>();
        builder.Services.AddScoped<IPasskeyHandler<Operator>, PasskeyHandler<Operator>>().AddScoped<PasskeyChallenges>();
        builder.Services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = site.Host;
            // The passkey stands for password and code both, so it must have seen the person; and it is found without a name being typed.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            // The gateway's pages, whatever host the request to us was for.
            options.ValidateOrigin = context => ValueTask.FromResult(
                !context.CrossOrigin && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin)
                    && origin.GetLeftPart(UriPartial.Authority) == site.GetLeftPart(UriPartial.Authority));
        });
    }

    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/internal/operators/passkey").RequireScope(Scopes.OperatorSignIn);
        pages.MapPost("", SignInWithPasskey.Handle);
        pages.MapPost("options", SignInWithPasskey.AskAsync);
        var own = routes.MapGroup("/api/operator/passkeys").RequireScope(Scopes.Account).WithTags("Operator");
        own.MapPost("", AddPasskey.Handle).RequireFreshSignIn().WithName(nameof(AddPasskey));
        own.MapPost("options", AddPasskey.AskAsync).RequireFreshSignIn().WithName("AskPasskey");
        own.MapDelete("{id}", RemovePasskey.Handle).RequireFreshSignIn().WithName(nameof(RemovePasskey));
    }
}
