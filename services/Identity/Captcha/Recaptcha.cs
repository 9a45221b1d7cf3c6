using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Ums.Identity.Captcha;

/// <summary>Google's, for organisations that insist. An answer is single use and two minutes old at most by Google's own check.</summary>
internal sealed class Recaptcha(IHttpClientFactory clients, IOptions<CaptchaOptions> options) : ICaptcha
{
    public sealed record Challenge(string Provider, string SiteKey);

    public Task<object> ChallengeAsync(byte[] browser, string network, CancellationToken cancellationToken) =>
        Task.FromResult<object>(new Challenge("recaptcha", options.Value.SiteKey));

    public async Task<CaptchaVerdict> VerifyAsync(string answer, byte[]? browser, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["secret"] = options.Value.Secret, ["response"] = answer });
        try
        {
            using var response = await clients.CreateClient(nameof(Recaptcha)).PostAsync(options.Value.VerifyAddress, form, cancellationToken);
            response.EnsureSuccessStatusCode();
            var verdict = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return verdict.ValueKind == JsonValueKind.Object && verdict.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.True
                ? CaptchaVerdict.Passed
                : CaptchaVerdict.Failed;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Refused, timed out, cut off by the circuit breaker, or no JSON: for us it is one, and the client's own telemetry tells them apart.
            return CaptchaVerdict.Unavailable;
        }
    }
}
