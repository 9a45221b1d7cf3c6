using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.Playwright;

namespace Ums.EndToEnd;

/// <summary>The operators of a system that is just set up: the first administrator, who invites, and those who follow the invitations, at browsers of their own.</summary>
internal sealed class Operators(NewOperators.System system, Browser browser)
{
    private const string Password = "ett långt lösenord 47";

    /// <summary>The first administrator follows the link, signs in, and enters the organisation in the way that a program would, with the token in hand; once for all tests.</summary>
    /// <returns>The administrator's token in that organisation.</returns>
    public async Task<string> FirstAdministratorAsync(string slug)
    {
        if (system.FirstAdministrator is { } known)
            return await RefreshAsync(known);
        var link = await system.Running.FirstAdministratorLinkAsync();
        await Pictures.TakeAsync(browser, system.Url, link, "17-forsta-administratoren");
        var page = await browser.OpenAsync(system.Url, script: false);
        await page.GotoAsync(link);
        await page.GetByLabel("E-postadress").FillAsync("forst@example.se");
        await page.GetByLabel("Namn", new() { Exact = true }).FillAsync("Kim Först");
        var codes = await AcceptAsync(page);
        var ticket = await TicketAsync(page, codes[0]);
        await page.Context.CloseAsync();
        return await TradeAsync(ticket, slug);
    }

    /// <param name="role">One, or several with spaces between them.</param>
    /// <returns>The invitation's link.</returns>
    public async Task<string> InviteAsync(string administrator, string slug, string email, string name, string role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/organisations/{slug}/invitations") { Content = JsonContent.Create(new { email, name, roles = role.Split(' ') }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", administrator);
        using var answer = await system.Gateway.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
    }

    /// <summary>Follows an invitation and signs in.</summary>
    public async Task<IPage> JoinAsync(string link, string email, int width = 1280)
    {
        var page = await browser.OpenAsync(system.Url, width: width);
        await page.GotoAsync(link);
        var codes = await AcceptAsync(page);
        await FillSignInAsync(page, email, codes[0]);
        await Assertions.Expect(page.GetByText("Du arbetar i Stockholms stad.")).ToBeVisibleAsync();
        return page;
    }

    private static async Task<IReadOnlyList<string>> AcceptAsync(IPage page)
    {
        var secret = (await page.Locator(".enrol code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Välj ett lösenord").FillAsync(Password);
        await page.GetByLabel("Lösenordet en gång till").FillAsync(Password);
        await page.GetByLabel("Kod från appen").FillAsync(OperatorTests.Code(secret));
        await page.GetByRole(AriaRole.Button, new() { Name = "Klar" }).ClickAsync();
        await Assertions.Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
        return await page.Locator(".codes code").AllInnerTextsAsync();
    }

    private static async Task FillSignInAsync(IPage page, string email, string code)
    {
        await page.GotoAsync("/admin/logga-in");
        await page.GetByLabel("E-postadress").FillAsync(email);
        await page.GetByLabel("Lösenord").FillAsync(Password);
        await page.GetByLabel("Kod", new() { Exact = true }).FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga in", Exact = true }).ClickAsync();
    }

    /// <summary>The sign-in form, sent without following where it leads: the gateway would trade the ticket itself.</summary>
    private async Task<string> TicketAsync(IPage page, string code)
    {
        await page.GotoAsync("/admin/logga-in");
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = system.Running.Address };
        using var form = new HttpRequestMessage(HttpMethod.Post, "admin/logga-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["Email"] = "forst@example.se", ["Password"] = Password, ["Code"] = code, ["form"] = await page.Locator("input[name=form]").First.InputValueAsync(),
            }),
        };
        form.Headers.Add("Cookie", string.Join("; ", (await page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}")));
        using var answer = await http.SendAsync(form);
        const string Name = "__Host-ums-ticket=";
        var cookie = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.FirstOrDefault(one => one.StartsWith(Name, StringComparison.Ordinal)) : null;
        return cookie?[Name.Length..].Split(';')[0] ?? throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<string> TradeAsync(string ticket, string slug)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = system.Running.Address };
        var (verifier, back) = (new string('v', 64), new Uri(system.Running.Address, "admin/tillbaka").AbsoluteUri);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        using var ask = new HttpRequestMessage(HttpMethod.Get, "connect/authorize?response_type=code&client_id=gateway&scope=offline_access&state=s" +
            $"&code_challenge={challenge}&code_challenge_method=S256&redirect_uri={Uri.EscapeDataString(back)}");
        ask.Headers.Add("Cookie", $"__Host-ums-ticket={ticket}");
        using var answer = await http.SendAsync(ask);
        var code = HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"] ?? throw new InvalidOperationException($"No code: {answer.Headers.Location}");
        var tokens = await TokenAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["code_verifier"] = verifier, ["redirect_uri"] = back });
        using var choose = new HttpRequestMessage(HttpMethod.Put, "api/operator/organisation") { Content = JsonContent.Create(new { slug, reason = "Sätter upp de första operatörerna" }) };
        choose.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        using var chosen = await http.SendAsync(choose);
        Assert.True(chosen.IsSuccessStatusCode, await chosen.Content.ReadAsStringAsync());
        return await RefreshAsync(tokens.GetProperty("refresh_token").GetString()!);
    }

    private async Task<string> RefreshAsync(string refreshToken)
    {
        var tokens = await TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken });
        system.FirstAdministrator = tokens.GetProperty("refresh_token").GetString()!;
        return tokens.GetProperty("access_token").GetString()!;
    }

    private async Task<JsonElement> TokenAsync(Dictionary<string, string> form)
    {
        var keys = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(system.Running.StateDirectory, "keys.json")))!;
        (form["client_id"], form["client_secret"]) = ("gateway", keys["ClientSecret:gateway"]);
        using var content = new FormUrlEncodedContent(form);
        using var traded = await system.Gateway.PostAsync(new Uri("connect/token", UriKind.Relative), content);
        Assert.True(traded.IsSuccessStatusCode, await traded.Content.ReadAsStringAsync());
        return await traded.Content.ReadFromJsonAsync<JsonElement>();
    }
}
