namespace Ums.Contacts.RegisterImport;

internal static class RegisterImportSetup
{
    public static IHostApplicationBuilder AddRegisterImport(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<ImportRegister>();
        builder.Services.AddTransient<MatchAddresses>();
        builder.Services.AddSingleton<StageRows>();
        builder.Services.AddSingleton<MergeRegister>();
        return builder;
    }
}
