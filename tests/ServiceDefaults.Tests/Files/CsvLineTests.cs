using CsCheck;
using Ums.ServiceDefaults.Files;

namespace Ums.ServiceDefaults.Tests.Files;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("a,b,c", "a", "b", "c")]
    [InlineData("a,,c", "a", "", "c")]
    [InlineData(",", "", "")]
    [InlineData("", "")]
    [InlineData("\"a,1\",b", "a,1", "b")]
    [InlineData("a,\"\"\"q\"\"\",c", "a", "\"q\"", "c")]
    [InlineData("\"\",\"\"", "", "")]
    [InlineData("a,5\" rör,c", "a", "5\" rör", "c")]
    public void a_line_comes_apart(string line, params string[] expected)
    {
        var fields = new CsvLine(',');
        Assert.Null(fields.Split(line));
        Assert.Equal(expected, Enumerable.Range(0, fields.Count).Select(field => fields[field].ToString()));
    }

    [Theory]
    [InlineData("\"a,b")]
    [InlineData("a,\"b")]
    [InlineData("\"a\"b,c")]
    [InlineData("\"")]
    [InlineData("\"\"\"")]
    public void a_quote_that_does_not_end_is_said_to(string line) => Assert.Equal("quotes", new CsvLine(',').Split(line));

    [Fact]
    public void a_line_of_nothing_but_commas_ends_too() => Assert.Equal("columns", new CsvLine(',').Split(new string(',', 60_000)));

    [Fact]
    public void whatever_is_written_is_read_back() => Gen.String[Gen.Char["aå\",; x"], 0, 12].Array[1, 20].Sample(written =>
    {
        var fields = new CsvLine(';');
        Assert.Null(fields.Split(string.Join(';', written.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));
        Assert.Equal(written, Enumerable.Range(0, fields.Count).Select(field => fields[field].ToString()));
    });
}
