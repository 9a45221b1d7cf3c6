using Ums.Contacts.Addresses;
using Ums.Contacts.Audiences;
using Ums.Contacts.Confirmations;
using Ums.Contacts.Contacts;
using Ums.Contacts.DataRights;
using Ums.Contacts.Demo;
using Ums.Contacts.Phones;
using Ums.Contacts.Places;
using Ums.Contacts.Records;
using Ums.Contacts.RegisterImport.Uploads;
using Ums.ServiceDefaults;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Tokens;

if (args is ["audit", .. var arguments])
{
    return await AuditCommand.RunAsync<ContactsDb>(arguments, "contactsdb");
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddBearerTokens("contacts");
builder.AddUmsDatabase<ContactsDb>("contactsdb");
builder.AddUmsBus("contacts", bus =>
{
    bus.AddConsumer<StorePositionConsumer>();
    bus.AddConsumer<ResolveAudienceConsumer>();
});
builder.AddAudit();
builder.AddPlaces();
builder.AddContacts();
builder.AddConfirmations();
builder.AddPhones();
builder.AddAddresses();
builder.AddAudiences();
builder.AddRegisterImport();
builder.AddRecords();
builder.AddDemo();
builder.AddOpenApiDocument("contacts");

var app = builder.Build();
app.UseServiceDefaults();
app.UseAuthentication();
app.UseAuthorization();
app.MapContacts();
app.MapConfirmations();
app.MapPhones();
app.MapAddresses();
app.MapAudiences();
app.MapDataRights();
app.MapRegisterImport();
app.MapRecords();
app.MapAuditSearch("/api/audit/contacts");
app.Run();
return 0;

public partial class Program;
