using System.Net;
using System.Text.RegularExpressions;

namespace Ums.Gateway.Tests;

/// <summary>As much of a browser as the pages need: it keeps Secure cookies also over the test server's plain HTTP, and fills in a form's hidden token.</summary>
public sealed partial class Browser(HttpClient http)
{
    private string token = "";

    /// <summary>The antiforgery token of the form last shown.</summary>
    public string Token => token;

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>Headers that go with every request.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>The page last shown.</summary>
    public string Page { get; private set; } = "";

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends the form that the last page showed, with its antiforgery token unless the test says otherwise.</summary>
    public Task<HttpResponseMessage> SendFormAsync(string path, Dictionary<string, string> fields, bool withToken = true)
    {
        var all = new Dictionary<string, string>(fields);
        if (withToken)
        {
            all["form"] = token;
        }
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(all) });
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var response = await http.SendAsync(request);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            Keep(cookie);
        }
        Page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        token = TokenField().Match(Page) is { Success: true } found ? found.Groups[1].Value : token;
        return response;
    }

    private void Keep(string cookie)
    {
        var (name, value) = (cookie[..cookie.IndexOf('=', StringComparison.Ordinal)], cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(';')[0]);
        if (value.Length == 0)
        {
            Cookies.Remove(name);
            return;
        }
        Cookies[name] = value;
    }

    [GeneratedRegex("name=\"form\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
