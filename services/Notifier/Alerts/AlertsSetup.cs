using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Http.Resilience;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Notifier.Alerts;

internal static class AlertsSetup
{
    /// <summary>Room for a list of a hundred thousand numbers.</summary>
    private const long LargestBody = 8 * 1024 * 1024;

    public static IHostApplicationBuilder AddAlerts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AlertDefaults>().BindConfiguration(AlertDefaults.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddServiceToken(builder.Configuration, "notifier", Scopes.AudienceRead, Scopes.OrganisationRead);
        var audiences = builder.Services.AddHttpClient<AudienceClient>(http => http.BaseAddress = new Uri("http://contacts/")).WithServiceToken();
#pragma warning disable EXTEXP0001 // The defaults give one try ten seconds.
        audiences.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        audiences.AddStandardResilienceHandler(options =>
        {
            options.Retry.DisableForUnsafeHttpMethods();
            (options.AttemptTimeout.Timeout, options.TotalRequestTimeout.Timeout) = (AudienceClient.Patience, AudienceClient.Patience);
            options.CircuitBreaker.SamplingDuration = 2 * AudienceClient.Patience;
        });
        builder.Services.AddHttpClient<OrganisationClient>(http => http.BaseAddress = new Uri("http://identity/"));
        builder.Services.AddTransient<Estimate>();
        builder.Services.AddSingleton<CodeLines>();
        builder.Services.AddSingleton<StartAlert>();
        builder.Services.AddHostedService<ForgetAlerts>();
        return builder;
    }

    public static IEndpointRouteBuilder MapAlerts(this IEndpointRouteBuilder routes)
    {
        var alerts = routes.MapGroup("/api/alerts").WithTags("Alerts").WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            // Alerts belong to an organisation; a token that is bound to none has nothing to do here.
            .RequireAuthorization(policy => policy.RequireClaim(Claims.Organisation));

        var look = alerts.MapGroup("").RequireScope(Scopes.AlertRead);
        look.MapGet("", ReadAlerts.List);
        look.MapGet("/{id:guid}", ReadAlerts.One);
        look.MapGet("/{id:guid}/history", ReadAlerts.History);
        look.MapGet("/{id:guid}/progress", WatchAlert.Handle);
        look.MapGet("/{id:guid}/map", MapAlert.Handle);
        look.MapGet("/{id:guid}/recipients", ReportRecipients.Handle);
        look.MapGet("/{id:guid}/report", ReportAlert.Handle);
        look.MapGet("/settings", DecideSettings.Read);

        var write = alerts.MapGroup("").RequireScope(Scopes.AlertWrite);
        write.MapPost("", WriteAlert.Handle);
        write.MapPost("/preview", PreviewAlert.Handle);
        write.MapPost("/sound", SpeakAlert.Handle);
        write.MapPut("/{id:guid}", EditAlert.Handle);
        write.MapPost("/{id:guid}/estimate", EstimateAlert.Handle);
        write.MapPost("/{id:guid}/test", TestAlert.Handle);
        write.MapPost("/{id:guid}/submit", SubmitAlert.Handle);
        write.MapPost("/{id:guid}/correction", CorrectAlert.Handle);

        // Who sees that it is wrong stops it: whoever may write one, and whoever let it out.
        alerts.MapPost("/{id:guid}/cancel", CancelAlert.Handle).RequireOneScopeOf(Scopes.AlertWrite, Scopes.AlertApprove);

        var approve = alerts.MapGroup("").RequireScope(Scopes.AlertApprove);
        approve.MapPost("/{id:guid}/approve", ApproveAlert.Handle);
        approve.MapPut("/settings", DecideSettings.Write);
        return routes;
    }
}
