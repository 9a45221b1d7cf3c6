using Ums.Contacts.Addresses;
using Ums.Contacts.Audiences;
using Ums.Contacts.Confirmations;
using Ums.Contacts.Contacts;
using Ums.Contacts.DataRights;
using Ums.Contacts.Demo;
using Ums.Contacts.Phones;
using Ums.Contacts.Places;
using Ums.Contacts.RegisterImport.Uploads;
using Ums.ServiceDefaults;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Tokens;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddBearerTokens("contacts");
builder.AddUmsDatabase<ContactsDb>("contactsdb");
builder.AddUmsBus("contacts", bus =>
{
    bus.AddConsumer<StorePositionConsumer>();
    bus.AddConsumer<ResolveAudienceConsumer>();
});
builder.AddPlaces();
builder.AddContacts();
builder.AddConfirmations();
builder.AddPhones();
builder.AddAddresses();
builder.AddAudiences();
builder.AddRegisterImport();
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
app.Run();

public partial class Program;
