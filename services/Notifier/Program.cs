using Ums.Notifier;
using Ums.Notifier.Alerts;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Disturbances;
using Ums.Notifier.Messages;
using Ums.Notifier.Phone;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.FortySixElks;
using Ums.Notifier.Providers.Routing;
using Ums.Notifier.Providers.Sinch;
using Ums.Notifier.Providers.Smpp;
using Ums.Notifier.Providers.Twilio;
using Ums.Notifier.Receipts;
using Ums.Notifier.Reminders;
using Ums.Notifier.Speech;
using Ums.Notifier.Templates;
using Ums.Notifier.Texts;
using Ums.ServiceDefaults;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Tokens;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddBearerTokens("notifier");
builder.AddUmsDatabase<NotifierDb>("notifierdb");
builder.AddUmsBus("notifier", bus =>
{
    bus.AddPinLane();
    bus.AddAudienceLane();
    bus.AddReminderLane();
});
builder.AddProviders();
builder.AddRouting();
builder.AddFortySixElks();
builder.AddTwilio();
builder.AddSinch();
builder.AddSmpp();
builder.AddSpeech();
builder.AddPhone();
builder.AddMessages();
builder.AddAlerts();
builder.AddDispatch();
builder.AddDisturbances();
builder.AddReceipts();
builder.AddReminders();
builder.AddTexts();
builder.AddOpenApiDocument("notifier");

var app = builder.Build();

app.UseServiceDefaults();
app.UseAuthentication();
app.UseAuthorization();

app.MapMessages();
app.MapAlerts();
app.MapDisturbances();
app.MapTemplates();
app.MapReceipts();
app.MapSpeech();
app.MapSinch();
app.MapTexts();
app.MapPhone();

app.Run();

public partial class Program;
