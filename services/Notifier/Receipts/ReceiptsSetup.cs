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
        // Looked up at the first receipt: whoever takes receipts knows the providers, and providers that hear by themselves know who takes receipts.
        builder.Services.AddSingleton<ReceiptSink>(services => (provider, reference, receipt, token) =>
            services.GetRequiredService<ReceiptsByReference>().TakeAsync(provider, reference, receipt, token));
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
