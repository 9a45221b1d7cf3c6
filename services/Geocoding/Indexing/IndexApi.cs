namespace Ums.Geocoding.Indexing;

internal static class IndexApi
{
    public static IHostApplicationBuilder AddIndex(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Index").Get<IndexOptions>() ?? new IndexOptions());
        builder.Services.AddSingleton<CurrentIndex>();
        builder.Services.AddSingleton<ReadAddressTable>();
        builder.Services.AddSingleton<KeepIndexFresh>();
        builder.Services.AddHostedService(services => services.GetRequiredService<KeepIndexFresh>());
        return builder;
    }
}
