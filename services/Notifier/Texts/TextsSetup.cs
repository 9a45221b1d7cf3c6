using Ums.ServiceDefaults.Tokens;

namespace Ums.Notifier.Texts;

internal static class TextsSetup
{
    public static IHostApplicationBuilder AddTexts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PriceOptions>().BindConfiguration(PriceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return builder;
    }

    public static void MapTexts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/texts/preview", PreviewText.Handle).RequireScope(Scopes.AlertWrite).WithTags("Texts")
            .WithName("PreviewText").WithSummary("What a text becomes as an SMS: encoding, parts, cost, and what would make it shorter.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
}
