using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Ums.Benchmarks;

/// <summary>Kestrel with one endpoint that reads a JSON body and answers the same bytes every time: the most that HTTP on this machine allows.</summary>
internal static class BareEndpoint
{
    public const string Command = "bare-endpoint";

    public static Task<Beside> StartAsync() => Beside.StartAsync(Command);

    /// <summary>The process itself. It ends with its input, so it cannot outlive who started it.</summary>
    public static async Task<int> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapPost("/", (Question question) => Microsoft.AspNetCore.Http.TypedResults.Ok(new
        {
            category = "A",
            matches = new[]
            {
                new
                {
                    addressId = "00000000-0000-4000-8000-000000000000", question.Street, number = 1, letter = (string?)null, postcode = "11111", place = "Stockholm", municipalityCode = "0180",
                    gnr = 0, bnr = 0, fnr = 10_000_000, snr = 0, latitude = 59.1, longitude = 18.1, score = 1.0,
                },
            },
        }));
        return await Beside.ServeAsync(app);
    }

    private sealed record Question(string Street, string? Number, string? Postcode, string? Place);
}
