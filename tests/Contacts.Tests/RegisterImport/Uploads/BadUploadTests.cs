using System.Net;
using System.Text;
using System.Text.Json;
using static Ums.Contacts.Tests.RegisterImport.Uploads.UploadWorld;

namespace Ums.Contacts.Tests.RegisterImport.Uploads;

public sealed class BadUploadTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Fact]
    public async Task what_no_file_can_be_is_refused_at_once()
    {
        var world = new UploadWorld(service);

        await FieldAsync(await world.PostAsync(Csv(world.AnnasRow), format: "xlsx"), "format");
        await FieldAsync(await world.PostAsync(Csv(world.AnnasRow), complete: null), "complete");
        await FieldAsync(await world.PostAsync([]), "body");
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Operator.PostAsync("/api/imports/register?format=csv&complete=kanske", new ByteArrayContent([1]))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await world.ApproveRawAsync(Guid.NewGuid(), "{")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.ApproveAsync(Guid.NewGuid())).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.DoAsync(Guid.NewGuid(), "roll-back")).StatusCode);
        var nobody = service.ClientWith(service.Tokens.Client("x", "register.import", "contacts"));
        await Resident.RefusedAsync(await nobody.GetAsync("/api/imports/register"), HttpStatusCode.Forbidden, "not-allowed");
        Assert.Equal(0, await world.CountAsync("register_uploads"));
    }

    [Fact]
    public async Task a_file_that_is_doubtful_as_a_whole_fails_with_a_word()
    {
        var world = new UploadWorld(service);
        var good = Csv(world.AnnasRow);
        var packed = UploadTests.Packed(good);
        byte[] flipped = [.. packed];
        flipped[packed.Length / 2] ^= 0x55;

        foreach (var (fault, body) in new (string, byte[])[]
        {
            ("no-rows", Encoding.UTF8.GetBytes(Header)),
            ("no-rows", "\n\n\n"u8.ToArray()),
            ("column-missing", "registerKey,givenName\na,b\n"u8.ToArray()),
            ("unknown-column", Encoding.UTF8.GetBytes(Header.Replace("mobile", "mobil", StringComparison.Ordinal) + "\n")),
            ("column-twice", Encoding.UTF8.GetBytes(Header + ",mobile\n")),
            ("unknown-column", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("a", 40)) + "\n")),
            ("header-columns", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("a", 300)) + "\n")),
            ("header-line-too-long", Encoding.UTF8.GetBytes(new string('a', 100_000) + "\n")),
            ("cut-short", good[..^40]),
            ("damaged-archive", packed[..^20]),
            ("damaged-archive", packed[..(packed.Length / 2)]),
            ("damaged-archive", flipped),
            ("packed-otherwise", [(byte)'P', (byte)'K', 3, 4, 0, 0]),
            ("unpacks-too-far", UploadTests.Packed(new byte[40 * 1024 * 1024])),
        })
        {
            Assert.Equal(fault, await world.FaultAsync(body));
        }
        Assert.Equal("cut-short", await world.FaultAsync("""{"registerKey":"a","street":"Sankt"""u8.ToArray(), "ndjson"));
        Assert.Equal("unpacks-too-far", await world.FaultAsync(UploadTests.Packed(Encoding.UTF8.GetBytes(Header + "\n" + new string('\n', 40 * 1024 * 1024)))));
        Assert.Equal((0, 0), (await world.CountAsync("register_upload_parts"), await world.CountAsync("register_rows")));
    }

    [Fact]
    public async Task every_bad_row_is_refused_with_its_line_and_its_reason_and_the_others_come()
    {
        var world = new UploadWorld(service);
        var rows = new (string Reason, string Row)[]
        {
            ("register-key", Row("", "Ada", "", Neighbours.SanktEriksgatan)),
            ("register-key", Row(new string('k', 101), "Ada", "", Neighbours.SanktEriksgatan)),
            ("given-name", Row("a1", "", "", Neighbours.SanktEriksgatan)),
            ("given-name", Row("a2", "A\u0000da", "", Neighbours.SanktEriksgatan)),
            ("mobile", Row("a3", "Ada", "123", Neighbours.SanktEriksgatan)),
            ("mobile", Row("a4", "Ada", "+4915112345678", Neighbours.SanktEriksgatan)),
            ("birth-date", Row("a5", "Ada", "", Neighbours.SanktEriksgatan, "19841345")),
            ("birth-date", Row("a6", "Ada", "", Neighbours.SanktEriksgatan, "")),
            ("birth-date", Row("a7", "Ada", "", Neighbours.SanktEriksgatan, "17840101")),
            ("protected", Row("a8", "Ada", "", Neighbours.SanktEriksgatan, isProtected: "kanske")),
            ("columns", "a9,Ada"),
            ("columns", Row("a10", "Ada", "", Neighbours.SanktEriksgatan) + ",x"),
            ("quotes", Row("a11", "\"Ada", "", Neighbours.SanktEriksgatan)),
            ("address", Row("a12", "Ada", "", Neighbours.SanktEriksgatan with { Street = "" })),
            ("no-certain-address", Row("=1+1", "Ada", "", Neighbours.SanktEriksgatan with { Street = "Ingenstans" })),
            ("outside-organisation", Row("a14", "Ada", "", Neighbours.Storgatan)),
            ("outside-organisation", Row("a15", "Ada", "", Neighbours.Storgatan with { MunicipalityCode = "0180" })),
            ("organisation-number", $"a16,Ada,B,,Bolag AB,5560360794,,,Sankt Eriksgatan,117,,11343,Stockholm,0180,"),
            ("company-name", $"a17,Ada,B,,,5560360793,,,Sankt Eriksgatan,117,,11343,Stockholm,0180,"),
            ("line-too-long", Row("a18", new string('x', 70_000), "", Neighbours.SanktEriksgatan)),
        };
        var body = Csv([.. rows.Select(row => row.Row), world.AnnasRow, world.AnnasRow]);
        var ready = await world.ReadyAsync(body);

        var expected = rows.GroupBy(row => row.Reason).ToDictionary(group => group.Key, group => (long)group.Count());
        expected["register-key-twice"] = 1;
        Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            ready.GetProperty("refused").EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetInt64())).OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(1, ready.GetProperty("added").GetInt32());
        var report = (await world.RefusedAsync(ready.GetProperty("id").GetGuid())).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(rows.Select((row, i) => $"{i + 2},{row.Reason}"), report.Skip(1).Select(line => string.Join(',', line.Split(',').Take(2))));
        Assert.Contains(report, line => line.Contains(",'=1+1,", StringComparison.Ordinal));
        var samples = await Resident.ReadAsync(await world.Operator.GetAsync($"/api/imports/register/{ready.GetProperty("id").GetGuid()}/samples"), HttpStatusCode.OK);
        var shown = samples.GetProperty("refused").EnumerateArray().ToList();
        Assert.Equal(rows.Select((row, i) => $"{i + 2} {row.Reason}"), shown.Select(row => $"{row.GetProperty("line").GetInt64()} {row.GetProperty("reason").GetString()}"));
        Assert.Equal(("a3", "Sankt Eriksgatan 117 11343 Stockholm"), (shown[4].GetProperty("key").GetString(), shown[4].GetProperty("address").GetString()));
        Assert.DoesNotContain("Ada", samples.GetProperty("refused").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_wrong_encoding_refuses_the_lines_that_it_spoils()
    {
        var world = new UploadWorld(service);
        byte[] body = [.. Csv(Row("åsa", "Åsa", "", Neighbours.SanktEriksgatan)), .. Encoding.Latin1.GetBytes(Row("orjan", "Örjan", "", Neighbours.SanktEriksgatan) + "\r\n")];

        var ready = await world.ReadyAsync(body);

        Assert.Equal("""{"encoding":1}""", ready.GetProperty("refused").GetRawText());
        Assert.Equal(1, ready.GetProperty("added").GetInt32());
    }

    [Theory]
    [InlineData("""{"registerKey":"a","street":"Sankt Eriksgatan","mobil":"x"}""")]
    [InlineData("""{"registerKey":7,"street":"Sankt Eriksgatan"}""")]
    [InlineData("""{"registerKey":"a","registerKey":"b"}""")]
    [InlineData("""{"registerKey":"a","protected":"ja"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{{{{{{{{")]
    [InlineData("7")]
    public async Task a_line_that_is_no_row_is_refused(string line)
    {
        var world = new UploadWorld(service);
        var good = JsonSerializer.Serialize(new { registerKey = "ada", givenName = "Ada", familyName = "B", birthDate = "1984-05-17", street = "Sankt Eriksgatan", number = "117" });

        var ready = await world.ReadyAsync(Encoding.UTF8.GetBytes($"{line}\n{good}\n"), "ndjson");

        Assert.Equal("""{"not-json":1}""", ready.GetProperty("refused").GetRawText());
        Assert.Equal(1, ready.GetProperty("added").GetInt32());
    }

    [Fact]
    public async Task an_upload_that_breaks_off_leaves_nothing()
    {
        var world = new UploadWorld(service);

        using var away = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Operator.PostAsync("/api/imports/register?format=csv&complete=true", new StreamContent(new Stuck(3_000_000)), away.Token));

        await Ums.Testing.Eventually.TrueAsync(async () => await world.CountAsync("register_uploads") == 0);
        Assert.Equal(0, await world.CountAsync("register_upload_parts"));
        await world.ReadyAsync(Csv(world.AnnasRow));
    }

    [Fact]
    public async Task two_at_once_are_one_and_a_conflict()
    {
        var world = new UploadWorld(service);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.PostAsync(Csv(world.AnnasRow))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, await world.CountAsync("register_uploads"));
    }

    private static async Task FieldAsync(HttpResponseMessage answer, string field) =>
        Assert.True((await Resident.RefusedAsync(answer, HttpStatusCode.BadRequest, "validation")).GetProperty("errors").TryGetProperty(field, out _));

    /// <summary>A sender that comes so far and no further.</summary>
    private sealed class Stuck(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (await base.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                return read;
            }
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
