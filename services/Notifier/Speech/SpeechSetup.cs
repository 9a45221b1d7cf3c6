namespace Ums.Notifier.Speech;

internal static class SpeechSetup
{
    public static IHostApplicationBuilder AddSpeech(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SpeechOptions>().BindConfiguration(SpeechOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Voice>();
        builder.Services.AddSingleton<Clips>();
        builder.Services.AddSingleton<SpeechAddresses>();
        builder.Services.AddHostedService<SweepClips>();
        return builder;
    }

    public static IEndpointRouteBuilder MapSpeech(this IEndpointRouteBuilder routes)
    {
        // Anonymous, because a provider's player holds no tokens of ours: the sealed address is the credential.
        routes.MapGet("/speech/{token}", FetchClip.Handle).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }
}
