using System.Net.Http.Headers;
using System.Text.Json;

namespace Ums.Notifier.Providers.Http;

/// <summary>What came to a receipt address, read without trust in it.</summary>
internal static class ReceiptForm
{
    /// <returns>Null where it is no form.</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "application/x-www-form-urlencoded")
        {
            return null;
        }
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <returns>Null where it is no such JSON.</returns>
    public static async Task<T?> ReadJsonAsync<T>(HttpRequest request, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return request.HasJsonContentType() ? await request.ReadFromJsonAsync<T>(cancellationToken) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
