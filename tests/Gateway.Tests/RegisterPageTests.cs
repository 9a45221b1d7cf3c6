using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ums.Gateway.Pages.Admin.Register;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>A register's file is sent from the page, without script.</summary>
public sealed class RegisterPageTests : IClassFixture<GatewayFixture>
{
    private const string Csv = "registerKey;street\r\nk1;Sankt Eriksgatan\r\n";

    private readonly GatewayFixture gateway;

    public RegisterPageTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Editor);
    }

    private RegisterDouble Register => gateway.Town.Register;

    [Theory]
    [InlineData("folk.csv", "csv", true)]
    [InlineData("FOLK.CSV.GZ", "csv", false)]
    [InlineData("folk.txt", "csv", true)]
    [InlineData("folk.ndjson.gz", "ndjson", true)]
    [InlineData("folk.jsonl", "ndjson", false)]
    public async Task a_file_goes_on_to_contacts_as_it_comes(string name, string format, bool complete)
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/register");
        using var sent = await SendAsync(browser, name, Csv, complete ? "true" : "false");
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var file = Assert.Single(Register.Files);
        Assert.Equal((format, complete ? "true" : "false", Csv), file);
        await browser.GetAsync(OperatorTests.PathOf(sent));
        Assert.Contains("Mottagen, läses strax", browser.Page, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "x", "true", "ingen-fil")]
    [InlineData("folk.xlsx", "x", "true", "sort")]
    [InlineData("csv", "x", "true", "sort")]
    [InlineData("folk.csv", "x", "", "omfattning")]
    [InlineData("folk.csv", "x", "allt", "omfattning")]
    [InlineData("folk.csv", "", "true", "tom")]
    public async Task what_is_wrong_with_a_file_is_said_on_the_page(string name, string content, string complete, string word)
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/register");
        using var refused = await SendAsync(browser, name, content, complete);
        Assert.Equal($"/admin/register?fel={word}", OperatorTests.PathOf(refused));
        Assert.Empty(Register.Files);
        await browser.GetAsync(OperatorTests.PathOf(refused));
        Assert.Contains("role=\"alert\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task one_that_says_that_it_is_two_gigabytes_is_told_so_and_not_handed_on()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/register");
        using var content = new ByteArrayContent("--b\r\n"u8.ToArray());
        (content.Headers.ContentType, content.Headers.ContentLength) = (MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b"), 2L * 1024 * 1024 * 1024);
        Assert.Equal("/admin/register?fel=for-stor", OperatorTests.PathOf(await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/admin/register/fil") { Content = content })));
        Assert.Empty(Register.Files);
    }

    [Fact]
    public async Task a_file_that_turns_out_to_be_too_long_stops_where_it_does()
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        http.Request.ContentType = "multipart/form-data; boundary=b";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\r\n\r\n{new string('x', 9000)}\r\n--b--\r\n"));
        var form = await SentForm.ReadAsync(http.Request, 1000, CancellationToken.None);
        var file = new FromBrowser(form!.File!);
        await Assert.ThrowsAsync<InvalidDataException>(() => file.CopyToAsync(Stream.Null));
        Assert.IsType<InvalidDataException>(file.Fault);
    }

    [Theory]
    [InlineData("import-under-way", "pagar")]
    [InlineData("too-large", "for-stor")]
    [InlineData("something-new", "gick-inte")]
    public async Task what_contacts_refuses_before_the_file_comes_is_said_too(string slug, string word)
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/register");
        Register.Refusal = slug;
        Assert.Equal($"/admin/register?fel={word}", OperatorTests.PathOf(await SendAsync(browser, "folk.csv", Csv)));
    }

    [Fact]
    public async Task bodies_that_are_no_form_or_break_off_are_refused_and_nothing_is_kept()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/register");
        foreach (var (type, body, word) in new[]
        {
            ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"fi", "gick-inte"),
            ("multipart/form-data; boundary=b", $"{Field("form", browser.Token)}{Field("Writing", "stockholm")}{Field("complete", "true")}--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\r\n\r\nregisterKey", "avbruten"),
            ("multipart/form-data; boundary=b", "no boundary at all", "avbruten"),
            ("multipart/form-data", "--b--", "gick-inte"),
            ("multipart/form-data; boundary=b", "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n", "gick-inte"),
            ("application/x-www-form-urlencoded", "complete=true", "gick-inte"),
            ("text/plain", "", "gick-inte"),
        })
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            Assert.Equal($"/admin/register?fel={word}", OperatorTests.PathOf(await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/admin/register/fil") { Content = content })));
        }
        Assert.Empty(Register.Files);

        static string Field(string name, string value) => $"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
    }

    [Fact]
    public async Task without_the_forms_token_nothing_is_taken()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/register");
        Assert.Equal("/admin/register?fel=gammal", OperatorTests.PathOf(await SendAsync(browser, "folk.csv", Csv, withToken: false)));
        Assert.Empty(Register.Files);
    }

    [Fact]
    public async Task a_session_that_has_ended_is_said_when_the_file_has_come()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/register");
        foreach (var session in gateway.Town.Identity.Operators.Sessions.Keys)
            gateway.Town.Identity.Operators.Sessions[session] = false;
        var there = OperatorTests.PathOf(await SendAsync(browser, "folk.csv", Csv));
        Assert.StartsWith("/admin/logga-in?tillbaka=", there, StringComparison.Ordinal);
        Assert.Contains("utloggad", there, StringComparison.Ordinal);
        Assert.Empty(Register.Files);
    }

    [Fact]
    public async Task a_file_meant_for_another_organisation_is_not_taken_here()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/register");
        Assert.Equal("/admin/register?fel=bytt", OperatorTests.PathOf(await SendAsync(browser, "folk.csv", Csv, writing: "goteborg")));
        Assert.Empty(Register.Files);
    }

    [Fact]
    public async Task who_may_not_import_sends_in_vain()
    {
        gateway.Town.Identity.Operators.Role = Roles.Administrator;
        var browser = await OperatorTests.SignedInAsync(gateway);
        Assert.Equal("/admin/register", OperatorTests.PathOf(await SendAsync(browser, "folk.csv", Csv)));
        Assert.Empty(Register.Files);
    }

    internal static async Task<HttpResponseMessage> SendAsync(Browser browser, string name, string content, string complete = "true", bool withToken = true, string writing = "stockholm")
    {
        using var form = new MultipartFormDataContent("a-boundary");
        if (withToken)
            form.Add(new StringContent(browser.Token), "\"form\"");
        form.Add(new StringContent(writing), "\"Writing\"");
        if (complete.Length > 0)
            form.Add(new StringContent(complete), "\"complete\"");
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{name}\"" };
        form.Add(file);
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/admin/register/fil") { Content = form });
    }

    private Task<Browser> SignedInAsync() => OperatorTests.SignedInAsync(gateway);
}
