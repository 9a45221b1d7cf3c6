using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Ums.Notifier.Phone;
using Ums.Notifier.Providers;
using Ums.Notifier.Tests.Providers;

namespace Ums.Notifier.Tests.Phone;

public class PhonePageTests(NotifierFixture notifier) : IClassFixture<NotifierFixture>
{
    [Theory]
    [InlineData("+46701740690")]
    [InlineData("0701740690")]
    [InlineData("070-174 06 90")]
    [InlineData("0046 70 174 06 90")]
    [InlineData("+46 (0)70-174 06 90")]
    public async Task a_number_is_found_in_any_form_that_people_write(string number)
    {
        using var sent = await notifier.HandOverAsync(notifier.Request("+46701740690"));

        Assert.NotEmpty(await notifier.PhoneAsync(number));
    }

    [Fact]
    public async Task the_newest_message_comes_first()
    {
        var phone = NotifierFixture.NewMobile();
        foreach (var pin in new[] { "111111", "222222", "333333" })
        {
            using var sent = await notifier.HandOverAsync(notifier.Request(phone, pin));
        }

        var items = await notifier.PhoneAsync(phone);

        Assert.Equal(["333333", "222222", "111111"], items.ConvertAll(item => item.Text[^6..]));
        Assert.Equal(items.OrderByDescending(item => item.CreatedAt), items);
    }

    [Theory]
    [InlineData("112")]
    [InlineData("0900123456")]
    [InlineData("abc")]
    [InlineData("%3Cscript%3E")]
    public async Task a_number_that_we_never_send_to_is_refused(string number)
    {
        using var answer = await notifier.Client.GetAsync(new Uri($"/dev/phone/{number}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task the_page_shows_each_phone_and_what_it_received()
    {
        using var sms = await notifier.HandOverAsync(notifier.Request("+46701740691", "440044"));
        using var call = await notifier.HandOverAsync(notifier.Request("+46846500411", "550055", "voice"));

        var page = await PageAsync("/dev/phone");

        Assert.Contains("data-number=\"070-174 06 91\"", page, StringComparison.Ordinal);
        Assert.Contains("440044", page, StringComparison.Ordinal);
        Assert.Contains("data-number=\"08-465 004 11\"", page, StringComparison.Ordinal);
        Assert.Contains("5, 5, 0, 0, 5, 5.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("070-174 06 92", true)]
    [InlineData("4069", true)]
    [InlineData("070-174 06 93", false)]
    [InlineData("<script>alert(1)</script>", true)]
    public async Task the_page_can_be_searched_by_number(string search, bool shows)
    {
        using var sms = await notifier.HandOverAsync(notifier.Request("+46701740692"));

        var page = await PageAsync($"/dev/phone?number={Uri.EscapeDataString(search)}");

        Assert.Equal(shows, page.Contains("data-number=\"070-174 06 92\"", StringComparison.Ordinal));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_text_with_markup_is_shown_and_not_obeyed()
    {
        await notifier.Services.GetRequiredService<PhoneMemory>().AddAsync(
            ProviderContract.Message("+46701740694", Channel.Sms) with { From = "<b>", Content = [new Phrase("<script>alert(1)</script> ')\"")] }, default);

        var page = await PageAsync("/dev/phone");

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b><b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_page_needs_no_inline_code_or_style_and_calls_no_other_host()
    {
        using var answer = await notifier.Client.GetAsync(new Uri("/dev/phone", UriKind.Relative));
        var page = await answer.Content.ReadAsStringAsync();

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("style=|<style|onclick|<script>|https?://", RegexOptions.IgnoreCase), page);
        foreach (Match file in Regex.Matches(page, "(?:href|src)=\"(/dev/phone/[^\"]+)\""))
        {
            using var found = await notifier.Client.GetAsync(new Uri(file.Groups[1].Value, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        }
    }

    [Fact]
    public async Task a_call_can_be_heard_where_a_voice_is_installed()
    {
        var audio = notifier.Services.GetRequiredService<SpokenAudio>();
        using var call = await notifier.HandOverAsync(notifier.Request("+46846500412", "605040", "voice"));
        var id = (await notifier.PhoneAsync("+46846500412"))[0].Id;

        using var answer = await notifier.Client.GetAsync(new Uri($"/dev/phone/calls/{id}.wav", UriKind.Relative));

        if (!audio.Available)
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            return;
        }
        Assert.Equal("audio/wav", answer.Content.Headers.ContentType?.MediaType);
        // Thirteen pauses of about a second and the words between them.
        Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length > 22_050 * 2 * 15);
    }

    [Fact]
    public async Task a_call_that_was_never_made_cannot_be_heard()
    {
        using var answer = await notifier.Client.GetAsync(new Uri($"/dev/phone/calls/{Guid.NewGuid()}.wav", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Task<string> PageAsync(string path) => notifier.Client.GetStringAsync(new Uri(path, UriKind.Relative));
}
