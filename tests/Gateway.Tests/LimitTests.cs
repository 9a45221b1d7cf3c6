using System.Net;
using Xunit;

namespace Ums.Gateway.Tests;

public sealed class LimitTests(LimitTests.Narrow gateway) : IClassFixture<LimitTests.Narrow>
{
    /// <summary>A gateway that stops a client early.</summary>
    public sealed class Narrow : GatewayFixture
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Gateway:SignInsPerMinute"] = "5";
            settings["Gateway:PagesPerMinute"] = "40";
        }
    }

    [Fact]
    public async Task another_forwarded_address_each_time_does_not_get_past_the_limit()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent([new("grant_type", "urn:ums:pin"), new("pin", "000000")]) };
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", $"198.51.100.{i}");
            var response = await gateway.Client.SendAsync(request);
            answers.Add(response.StatusCode);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            }
        }
        Assert.Equal(5, answers.Count(answer => answer != HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task a_person_who_is_stopped_reads_why_in_words()
    {
        var browser = gateway.NewBrowser();
        HttpResponseMessage response;
        var tries = 0;
        do
        {
            response = await browser.GetAsync("/tillganglighet");
        }
        while (response.StatusCode == HttpStatusCode.OK && ++tries < 60);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains("Många försök på kort tid", browser.Page, StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
    }
}
