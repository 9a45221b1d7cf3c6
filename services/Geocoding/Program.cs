using Ums.Geocoding.Addresses;
using Ums.Geocoding.Demo;
using Ums.Geocoding.Indexing;
using Ums.Geocoding.Map;
using Ums.Geocoding.Search;
using Ums.ServiceDefaults;
using Ums.ServiceDefaults.Database;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Tokens;

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

var app = builder.Build();

app.UseServiceDefaults();
app.UseAuthentication();
app.UseAuthorization();
app.MapAddresses();
app.MapSearch();
app.MapMap();
app.MapDemo();

app.Run();

public partial class Program;
