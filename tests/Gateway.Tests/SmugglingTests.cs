using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>
/// Requests whose end two servers in a row may see in different places. The gateway refuses them and closes, so that nothing after them is taken for a request.
/// </summary>
public sealed class SmugglingTests(WireFixture gateway) : IClassFixture<WireFixture>
{
    private const string Start = "POST /api/pins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private const string Hidden = "GET /api/organisations/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Theory]
    [InlineData("length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("two lengths", "Content-Length: 2\r\nContent-Length: 70\r\n\r\n{}")]
    [InlineData("the same length twice", "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("a list of lengths", "Content-Length: 2, 70\r\n\r\n{}")]
    [InlineData("a negative length", "Content-Length: -2\r\n\r\n{}")]
    [InlineData("a hexadecimal length", "Content-Length: 0x2\r\n\r\n{}")]
    [InlineData("an endless length", "Content-Length: 99999999999999999999999\r\n\r\n{}")]
    [InlineData("an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("chunks not last", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("chunked twice", "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a vertical tab before chunked", "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a space before the colon", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a folded line", "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a line that begins with a space", " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a bare line feed between headers", "X-Here: there\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a bare carriage return in a header", "X-Here: there\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("a zero byte in a header", "X-Here: the\0re\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("a bare line feed after a chunk's size", "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n")]
    [InlineData("a bare line feed in a chunk's extension", "Transfer-Encoding: chunked\r\n\r\n2;\n{}\r\n0\r\n\r\n")]
    [InlineData("a bare line feed after a chunk", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\n0\r\n\r\n")]
    [InlineData("a chunk of another size", "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a signed chunk size", "Transfer-Encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a chunk size of 0x", "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("an overflowing chunk size", "Transfer-Encoding: chunked\r\n\r\n100000002\r\n{}\r\n0\r\n\r\n")]
    [InlineData("two hosts", "Host: evil.example\r\nContent-Length: 2\r\n\r\n{}")]
    public async Task it_is_refused_and_what_follows_it_is_no_request(string what, string rest)
    {
        gateway.Town.Reset();

        var answer = await gateway.ExchangeAsync(Start + rest + Hidden);

        Assert.True(answer is not null, $"{what}: the connection stays open");
        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 501", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.Equal(1, Count(answer, "HTTP/1.1 "));
        Assert.Empty(gateway.Town.Requests);
    }

    [Fact]
    public async Task well_formed_requests_in_a_row_are_each_answered()
    {
        gateway.Town.Reset();
        const string good = Start + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

        var answer = await gateway.ExchangeAsync(good + Hidden.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal));

        Assert.Equal(2, Count(answer!, "HTTP/1.1 "));
        Assert.Contains(gateway.Town.Requests, seen => seen.Path.Contains("smuggled", StringComparison.Ordinal));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
