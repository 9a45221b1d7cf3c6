using Microsoft.AspNetCore.Mvc;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Receipts;

internal static class ReceiptsSetup
{
    private const int LongestReceipt = 16 * 1024;

    public static IHostApplicationBuilder AddReceipts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReceiptBatches>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ReceiptBatches>());
        builder.Services.AddHostedService<EarlyReceipts>();
        builder.Services.AddSingleton<ReceiptsByReference>();
        builder.Services.AddSingleton<ReceiptSink>(services => services.GetRequiredService<ReceiptsByReference>().TakeAsync);
        return builder;
    }

    public static IEndpointRouteBuilder MapReceipts(this IEndpointRouteBuilder routes)
    {
        // Anonymous, because providers hold no tokens of ours: the unguessable address, given to one provider for one attempt, is the credential.
        routes.MapPost("/webhooks/{provider}/{token}", RecordReceipt.Handle).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(LongestReceipt))
            .WithTags("Receipts").WithSummary("What became of a message, as its provider tells; in the provider's own words.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized);
        return routes;
    }
}
