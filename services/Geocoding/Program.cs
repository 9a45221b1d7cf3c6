using Ums.Geocoding.Addresses;
using Ums.Geocoding.Demo;
using Ums.Geocoding.Import;
using Ums.Geocoding.Indexing;
using Ums.Geocoding.Map;
using Ums.Geocoding.Search;
using Ums.ServiceDefaults;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Tokens;

if (args is ["import", .. var arguments])
{
    return await ImportCommand.RunAsync(arguments);
}

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddOpenApiDocument("geocoding");
builder.AddBearerTokens("geocoding");
builder.AddUmsDatabase<AddressesDbContext>("geocodingdb");
builder.AddUmsBus("geocoding", bus => bus.AddAddressConsumers());
builder.Services.AddValidation();
builder.AddDemo();
builder.AddIndex();
builder.AddSearch();
builder.AddMap();
builder.AddImport();

var app = builder.Build();

app.UseServiceDefaults();
app.UseAuthentication();
app.UseAuthorization();
app.MapAddresses();
app.MapSearch();
app.MapMap();
app.MapImport();
app.MapDemo();

app.Run();
return 0;

public partial class Program;
