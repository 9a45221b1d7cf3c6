using System.Text;
using Microsoft.AspNetCore.Http;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.FortySixElks;

namespace Ums.Notifier.Tests.Providers;

/// <summary>What comes to a receipt address of 46elks and is no receipt, beside what no provider takes for one.</summary>
public class FortySixElksReceiptTests
{
    /// <summary>Reading a receipt calls nobody.</summary>
    private static readonly FortySixElksProvider Provider = new(null!, new FortySixElksOptions(), null!, null!, TimeProvider.System);

    [Theory]
    [InlineData("multipart/form-data", "status=delivered")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\ndelivered")]
    [InlineData("application/json", "{\"status\": \"delivered\"}")]
    [InlineData("nonsense", "status=delivered")]
    [InlineData("application/x-www-form-urlencoded", "status=delivered&status=failed")]
    [InlineData("application/x-www-form-urlencoded", "status=DELIVERED")]
    [InlineData("application/x-www-form-urlencoded", "delivered=2026-05-04T13%3A37%3A45")]
    public async Task a_receipt_in_other_words_is_none(string type, string body) => Assert.Null(await Provider.ReadReceiptAsync(Receipt(type, body), default));

    [Fact]
    public async Task a_receipt_of_more_fields_than_any_form_has_is_none() => Assert.Null(await Provider.ReadReceiptAsync(
        Receipt("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 2000).Select(i => $"f{i}=1"))), default));

    [Theory]
    [InlineData("state=ongoing", "Sent", null, false)]
    [InlineData("state=success", "Delivered", null, false)]
    [InlineData("state=busy", "Failed", "busy", false)]
    [InlineData("state=failed", "Failed", "not-answered", false)]
    [InlineData("result=1", "Delivered", null, true)]
    [InlineData("result=2", "Delivered", null, false)]
    [InlineData("result=failed", "Delivered", null, false)]
    public async Task a_call_reports_its_end_and_the_key_that_was_pressed(string body, string kind, string? reason, bool acknowledged) => Assert.Equal(
        new Receipt(Enum.Parse<ReceiptKind>(kind), reason, acknowledged), await Provider.ReadReceiptAsync(Receipt("application/x-www-form-urlencoded", body), default));

    [Theory]
    [InlineData("state=answered")]
    [InlineData("result=")]
    [InlineData("result=11")]
    [InlineData("result=1&result=1")]
    public async Task a_call_that_reports_anything_else_has_not_reported(string body) =>
        Assert.Null(await Provider.ReadReceiptAsync(Receipt("application/x-www-form-urlencoded", body), default));

    private static HttpRequest Receipt(string type, string body)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.ContentType, request.Body) = ("POST", type, new MemoryStream(Encoding.UTF8.GetBytes(body)));
        return request;
    }
}
