using Ums.Identity;
using Ums.Identity.ApiClients;
using Ums.Identity.Askers;
using Ums.Identity.Captcha;
using Ums.Identity.Limits;
using Ums.Identity.Operators;
using Ums.Identity.Organisations;
using Ums.Identity.Pins;
using Ums.Identity.Providers;
using Ums.Identity.Retention;
using Ums.Identity.Sessions;
using Ums.Identity.Tokens;
using Ums.ServiceDefaults;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Tokens;

if (args is ["audit", .. var arguments])
{
    return await AuditCommand.RunAsync<IdentityDb>(arguments, "identitydb");
}

var builder = WebApplication.CreateBuilder(args);
// Nothing that comes in here is large.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024);
builder.AddServiceDefaults();
builder.AddOpenApiDocument("identity");
builder.AddBearerTokens("identity");
builder.AddUmsDatabase<IdentityDb>("identitydb");
builder.AddUmsBus("identity");
builder.AddAudit();
builder.AddAskers().AddLimits().AddOrganisations().AddCaptcha().AddPins().AddSessions().AddOperators().AddProviders().AddTokens().AddApiClients().AddRetention();

var app = builder.Build();
app.UseServiceDefaults();
app.UseAuthentication();
app.UseAuthorization();
app.MapOrganisations();
app.MapCaptcha();
app.MapPins();
app.MapSessions();
app.MapOperators();
app.MapAuditSearch("/api/audit");
app.MapProviders();
app.MapApiClients();
app.MapTokens();
app.Run();
return 0;

public partial class Program;
