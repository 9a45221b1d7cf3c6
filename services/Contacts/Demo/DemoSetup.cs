namespace Ums.Contacts.Demo;

internal static class DemoSetup
{
    /// <summary>Where <c>Demo:Enabled</c> says so.</summary>
    public static IHostApplicationBuilder AddDemo(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>("Demo:Enabled"))
        {
            builder.Services.AddHostedService<ImportDemoRegister>();
        }
        return builder;
    }
}
