using System.Net.Http.Headers;

namespace Ums.Gateway.Clients;

/// <summary>A register's file on its way to Contacts, and the list of its refused rows on its way back: streams of any length, held nowhere.</summary>
internal sealed class RegisterFiles(HttpClient http) : ServiceClient(http, "Contacts")
{
    /// <summary>Before the first byte Contacts says whether it wants any.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient http = http;

    /// <param name="file">As it comes from the browser.</param>
    public Task<Answer<NewRegister>> SendAsync(string format, bool complete, Stream file, CancellationToken cancellationToken) => CallAsync<NewRegister>(
        HttpMethod.Post, $"/api/imports/register?format={format}&complete={(complete ? "true" : "false")}",
        new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } },
        prepare: request => request.Headers.ExpectContinue = true, cancellationToken: cancellationToken);

    /// <returns>The list as it comes, or what was answered in its place.</returns>
    /// <exception cref="ServiceAwayException">Contacts does not answer.</exception>
    public async Task<HttpResponseMessage> RefusedAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/imports/register/{id}/refused");
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode < 500)
            {
                return response;
            }
            response.Dispose();
            throw new ServiceAwayException("Contacts");
        }
        catch (HttpRequestException e)
        {
            throw new ServiceAwayException("Contacts", e);
        }
    }
}

internal sealed record NewRegister(Guid Id);
