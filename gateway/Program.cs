using Ums.Gateway;
using Ums.Gateway.Assets;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Pages;
using Ums.Gateway.Portals;
using Ums.Gateway.Proxy;
using Ums.Gateway.Security;
using Ums.Gateway.Sessions;
using Ums.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
var options = builder.GatewayOptions();
builder.AddServiceDefaults();
builder.AddEdge(options);
builder.AddLimits(options);
builder.AddBundle();
builder.AddLanguages();
builder.AddClients();
builder.AddSessions();
builder.AddPortals();
builder.AddProxy();
builder.AddPages();

var app = builder.Build();
app.UseForwardedHeaders();
app.UseSecurityHeaders(options);
app.UseMetricsInside();
app.UseServiceDefaults();
app.UseBundle();
app.UseErrorPages();
app.UseRouting();
app.UseOwnOrigin(options);
app.UseRequestTimeouts();
app.UseRateLimiter();
app.UseCookiePolicy();
app.UseRequestLocalization();
app.UseAuthentication();
app.UseGoodTokensOnly();
app.UseAuthorization();
app.MapLanguage();
app.MapDocuments();
app.MapRazorPages();
app.MapReverseProxy();
// Without a route of its own the decision "nobody may" would answer 401 where there is nothing at all.
app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();
app.Run();

public partial class Program;
