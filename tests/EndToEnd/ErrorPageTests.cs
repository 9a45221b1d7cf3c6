using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ums.EndToEnd;

/// <summary>The pages that nobody wants to see, reached as residents reach them.</summary>
[Collection(Shared.Name)]
public sealed class ErrorPageTests(DemoSystem system, Browser browser)
{
    [Fact]
    public async Task with_the_database_away_pages_say_so_in_the_residents_language_and_nothing_is_lost()
    {
        var mine = await browser.OpenAsync(system.Url);
        var resident = new Resident(mine, system, "08-465 004 95");
        await resident.SignInAsync("stockholm");
        await resident.RegisterAsync("Doris", "Exempelsson");
        await resident.Switch("Sankt Eriksgatan 117").ClickAsync();
        await Expect(resident.Switch("Sankt Eriksgatan 117")).ToHaveAttributeAsync("aria-checked", "false");
        var newcomer = await browser.OpenAsync(system.Url);
        await newcomer.GotoAsync("/sprak/en?tillbaka=/k/stockholm");
        await newcomer.GetByLabel("Phone number", new() { Exact = true }).FillAsync("08-465 004 94");
        await newcomer.WaitForFunctionAsync("() => document.querySelector('altcha-widget [name=altcha]')?.value");

        // The page's parts give up one after the other, and the gateway on all of them after half a minute.
        mine.SetDefaultTimeout(60_000);
        newcomer.SetDefaultTimeout(60_000);
        await system.Running.StopAsync("postgres");
        try
        {
            // Both at once: each waits until its service has given up.
            await Task.WhenAll(
                SaysAsync(mine.GotoAsync("/min-sida"), mine, "Tjänsten svarar inte just nu"),
                SaysAsync(newcomer.GetByRole(AriaRole.Button, new() { Name = "Send PIN code" }).ClickAsync(), newcomer, null));
            await LookAsync(mine, "503");
        }
        finally
        {
            await system.Running.StartAsync("postgres");
            await Ums.Testing.Eventually.TrueAsync(PhonesAnswerAsync, TimeSpan.FromMinutes(1));
        }

        await Ums.Testing.Eventually.PassesAsync(async () => Assert.Equal(200, (await mine.GotoAsync("/min-sida"))!.Status), TimeSpan.FromSeconds(40));
        await Expect(resident.Switch("Sankt Eriksgatan 117")).ToHaveAttributeAsync("aria-checked", "false");
        await resident.Switch("Sankt Eriksgatan 117").ClickAsync();
        await Expect(resident.Switch("Sankt Eriksgatan 117")).ToHaveAttributeAsync("aria-checked", "true");
        await new Resident(await browser.OpenAsync(system.Url), system, "08-465 004 94").SignInAsync("stockholm");
    }

    [Fact]
    public async Task who_tries_too_often_and_who_meets_a_fault_of_ours_reads_why()
    {
        // A client of its own behind a trusted proxy, so that the attempts of the other tests are not used up: they all come from this machine.
        var elsewhere = KeyValuePair.Create("X-Forwarded-For", "203.0.113.7");
        using var hasty = new HttpClient { BaseAddress = system.Running.Address, DefaultRequestHeaders = { { elsewhere.Key, elsewhere.Value } } };
        await Parallel.ForAsync(0, DemoSystem.SignInsPerMinute, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, stop) =>
        {
            using var none = new FormUrlEncodedContent([]);
            using var answer = await hasty.PostAsync(new Uri("connect/token", UriKind.Relative), none, stop);
        });

        var page = await browser.OpenAsync(system.Url);
        await page.SetExtraHTTPHeadersAsync([elsewhere]);
        await page.GotoAsync("/k/stockholm");
        await page.GetByLabel("Telefonnummer", new() { Exact = true }).FillAsync("08-465 004 94");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skicka PIN-kod" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Många försök på kort tid" })).ToBeVisibleAsync();
        await LookAsync(page, "429");

        await page.GotoAsync("/fel?status=500");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Något gick fel hos oss" })).ToBeVisibleAsync();
        await LookAsync(page, "500");
    }

    /// <summary>Whether Notifier has found its database again; the other tests read PINs there.</summary>
    private async Task<bool> PhonesAnswerAsync()
    {
        using var answer = await system.Gateway.GetAsync(new Uri("dev/phone/070-174%2006%2005", UriKind.Relative));
        return (int)answer.StatusCode < 500;
    }

    /// <param name="words">The heading; null for what a form says in English, which keeps what was typed.</param>
    private static async Task SaysAsync(Task act, IPage page, string? words)
    {
        await act;
        await Expect(words is null
            ? page.GetByText("The service is not answering just now").First
            : page.GetByRole(AriaRole.Heading, new() { Name = words })).ToBeVisibleAsync();
    }

    private static async Task LookAsync(IPage page, string where)
    {
        var faults = new List<string>();
        foreach (var width in new[] { 1280, 375 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await AccessibilityTests.LookAsync(page, $"{where} at {width}", faults);
        }
        await Pictures.TakeAsync(page, "fel-" + where);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
