using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Phone;

/// <summary>The telephone double exists in Development only: elsewhere neither the provider nor its pages are there at all.</summary>
internal static class PhoneSetup
{
    public static IHostApplicationBuilder AddPhone(this IHostApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddHttpClient(nameof(PhoneReceipts));
            builder.Services.AddSingleton<PhoneMemory>();
            builder.Services.AddSingleton<SpokenAudio>();
            builder.Services.AddSingleton<PhoneReceipts>();
            builder.Services.AddHostedService(services => services.GetRequiredService<PhoneReceipts>());
            builder.Services.AddSingleton<IMessageProvider, PhoneDouble>();
            builder.Services.AddRazorComponents();
        }
        return builder;
    }

    public static WebApplication MapPhone(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            // Anonymous, because a developer reads the PINs here with which to sign in; hence Development only.
            var phone = app.MapGroup("/dev/phone").AllowAnonymous().ExcludeFromDescription();
            phone.MapGet("", ShowPhones.Handle);
            phone.MapGet("/{number}", ReadPhone.Handle);
            phone.MapGet("/calls/{id:guid}.wav", HearCall);
            phone.MapGet("/phone.css", () => Embedded("phone.css", "text/css; charset=utf-8"));
            phone.MapGet("/phone.js", () => Embedded("phone.js", "text/javascript; charset=utf-8"));
        }
        return app;
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> HearCall(Guid id, PhoneMemory memory, SpokenAudio audio, CancellationToken cancellationToken) =>
        audio.Available && await memory.FindAsync(id, cancellationToken) is { Channel: "voice" } call
            ? TypedResults.File(await audio.OfAsync(call, cancellationToken), "audio/wav", enableRangeProcessing: true)
            : TypedResults.NotFound();

    private static FileStreamHttpResult Embedded(string file, string type) =>
        TypedResults.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Ums.Notifier.Phone.{file}")!, type);
}
