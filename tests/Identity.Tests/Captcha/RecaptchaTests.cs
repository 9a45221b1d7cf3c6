using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ums.Messages.Events;

namespace Ums.Identity.Tests.Captcha;

/// <summary>reCAPTCHA behind the same interface; Google is a double.</summary>
public sealed class RecaptchaTests(RecaptchaTests.WithGoogle identity) : IClassFixture<RecaptchaTests.WithGoogle>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Fact]
    public async Task the_page_learns_which_captcha_to_show()
    {
        var challenge = await browser.ChallengeAsync();

        Assert.Equal(("recaptcha", "site-key"), (challenge.GetProperty("provider").GetString(), challenge.GetProperty("siteKey").GetString()));
    }

    [Fact]
    public async Task what_google_approves_passes_and_what_it_does_not_fails()
    {
        identity.Google.Answer = (HttpStatusCode.OK, """{"success":true}""");
        Assert.Equal(HttpStatusCode.Accepted, (await browser.AskAsync(identity.NewPhone(), captcha: "token-of-google")).StatusCode);
        Assert.Equal("secret=the-secret&response=token-of-google", identity.Google.Asked);

        identity.Google.Answer = (HttpStatusCode.OK, """{"success":false,"error-codes":["timeout-or-duplicate"]}""");
        using var refused = await browser.AskAsync(identity.NewPhone(), captcha: "token-of-google");
        Assert.Equal("urn:ums:problem:captcha-failed", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    public async Task while_google_is_away_unknown_numbers_get_no_pin_and_the_same_answer(HttpStatusCode status, string body)
    {
        identity.Google.Answer = (status, body);

        var asked = await browser.AskedAsync(identity.NewPhone(), captcha: "token-of-google");

        Assert.Equal("sms", asked.Channel);
        Assert.Equal(0, await identity.QueryAsync<long>("select count(*) from outbox"));
        Assert.Empty(identity.Bus.Published<PinRequested>(m => m.PinRequestId == asked.PinRequestId));
    }

    public sealed class WithGoogle : IdentityFixture
    {
        public GoogleDouble Google { get; } = new();

        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Captcha:Provider"] = "recaptcha";
            settings["Captcha:SiteKey"] = "site-key";
            settings["Captcha:Secret"] = "the-secret";
        }

        protected override void ConfigureServices(IServiceCollection services)
        {
            base.ConfigureServices(services);
            services.AddHttpClient("Recaptcha").ConfigurePrimaryHttpMessageHandler(() => Google);
        }
    }

    public sealed class GoogleDouble : HttpMessageHandler
    {
        public (HttpStatusCode Status, string Body) Answer { get; set; }

        public string? Asked { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(Answer.Status) { Content = new StringContent(Answer.Body, Encoding.UTF8, "application/json") };
        }
    }
}
