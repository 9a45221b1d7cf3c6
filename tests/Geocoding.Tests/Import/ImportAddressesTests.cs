using Npgsql;
using Ums.Geocoding.Import;
using Ums.ServiceDefaults.Files;
using Xunit;
using static Ums.Geocoding.Tests.Import.ImportFixture;

namespace Ums.Geocoding.Tests.Import;

public sealed class ImportAddressesTests(ImportFixture geocoding) : IClassFixture<ImportFixture>
{
    [Fact]
    public async Task a_later_import_replaces_the_earlier_and_says_what_became_of_each_row()
    {
        await geocoding.ImportAsync("later", "csv", geocoding.File("1.csv", Csv(Row("l1"), Row("l2", number: "2"), Row("l3", number: "3"))));
        var result = await geocoding.ImportAsync("later", "csv", geocoding.File("2.csv", Csv(Row("l1"), Row("l2", number: "22"), Row("l4", number: "4"))));
        Assert.Equal((1, 1, 1, 1), (result.Added, result.Changed, result.Gone, result.Unchanged));
        Assert.Equal("l1:1,l2:22,l4:4", await geocoding.QueryAsync<string>("select string_agg(id || ':' || number, ',' order by id) from addresses where source = 'later'"));
        Assert.True(await geocoding.CountAsync("tests") > 20);
    }

    [Fact]
    public async Task what_was_imported_is_found_over_HTTP()
    {
        await geocoding.ImportAsync("found", "csv", geocoding.File("a.csv", Csv(Row("found 1", "Hittegatan", "7"))));
        var found = await geocoding.Resident.GetStringAsync("/api/addresses/found%201");
        Assert.Contains("\"street\":\"Hittegatan\",\"number\":7", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task every_refused_row_stands_in_the_report_with_its_line()
    {
        var result = await geocoding.ImportAsync("report", "csv", geocoding.File("a.csv", Csv(
            Row("r1"), Row("r2", latitude: "18.07", longitude: "59.31"), "", "r3,too,few", Row("r4", "\"Öppen"), Row("r1"), Row("r5", "=HYPERLINK(1)+😀"), Row("r6", postcode: "0"))));
        Assert.Equal((7, 6), (result.Rows, result.Refused));
        Assert.Equal(
            """
            file,line,field,reason,value
            1,3,latitude,swapped-axes,"18.07 59.31"
            1,5,row,columns,"r3,too,few"
            1,6,row,quotes,"r4,""Öppen,1,,11829,Provort,0180,59.31,18.07,,,,"
            1,7,address_id,repeated,r1
            1,8,street,unexpected-character,'=HYPERLINK(1)+😀
            1,9,postcode,no-postcode,0

            """.ReplaceLineEndings("\r\n"), await geocoding.ReportAsync(result.Id));
    }

    [Fact]
    public async Task an_id_of_another_source_is_refused()
    {
        await geocoding.ImportAsync("first", "csv", geocoding.File("a.csv", Csv(Row("mine"))));
        var result = await geocoding.ImportAsync("second", "csv", geocoding.File("b.csv", Csv(Row("mine"), Row("theirs"))));
        Assert.Contains("1,2,address_id,of-another-source,mine", await geocoding.ReportAsync(result.Id), StringComparison.Ordinal);
        Assert.Equal(1, await geocoding.CountAsync("second"));
    }

    [Fact]
    public async Task a_killed_import_goes_on_where_its_last_chunk_ended()
    {
        var file = geocoding.File("a.csv", Csv(Enumerable.Range(0, 1000).Select(i => Row($"k{i}", number: i % 10 == 9 ? "x" : $"{i + 1}"))));
        using var stop = new CancellationTokenSource();
        var seen = 0L;
        await Assert.ThrowsAsync<OperationCanceledException>(() => geocoding.ImportAsync("killed", "csv", new ImportOptions { ChunkRows = 100 }, [file], progress =>
        {
            seen = progress.RowsRead;
            if (seen == 400)
            {
                stop.Cancel();
            }
        }, stop.Token));
        Assert.Equal(0, await geocoding.CountAsync("killed"));
        Assert.Equal("running", await geocoding.QueryAsync<string>("select state from imports where source = 'killed'"));

        var first = 0L;
        var result = await geocoding.ImportAsync("killed", "csv", new ImportOptions { ChunkRows = 100 }, [file], progress => first = first == 0 ? progress.RowsRead : first);
        Assert.Equal((400, 500), (seen, first));
        Assert.True(result.Resumed);
        Assert.Equal((1000, 100, 900), (result.Rows, result.Refused, result.Added));
        Assert.Equal(900, await geocoding.CountAsync("killed"));
        Assert.Equal(101, (await geocoding.ReportAsync(result.Id)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task another_file_is_not_gone_on_with()
    {
        using var stop = new CancellationTokenSource();
        var rows = Enumerable.Range(0, 300).Select(i => Row($"o{i}", number: $"{i + 1}")).ToList();
        await Assert.ThrowsAsync<OperationCanceledException>(() => geocoding.ImportAsync(
            "other", "csv", new ImportOptions { ChunkRows = 100 }, [geocoding.File("a.csv", Csv(rows))], _ => stop.Cancel(), stop.Token));
        var result = await geocoding.ImportAsync("other", "csv", geocoding.File("a.csv", Csv(rows.Append(Row("o300", number: "301")))));
        Assert.False(result.Resumed);
        Assert.Equal(301, result.Added);
        Assert.Equal(0, await geocoding.QueryAsync<long>("select count(*) from imports where source = 'other' and state = 'running'"));
    }

    [Fact]
    public async Task two_imports_of_a_source_at_once_are_one_too_many()
    {
        await using var connection = new NpgsqlConnection(geocoding.ConnectionString);
        await connection.OpenAsync();
        Assert.True(await ImportRows.TryLockAsync(connection, "busy", CancellationToken.None));
        var file = geocoding.File("a.csv", Csv(Row("b1")));
        var failed = await Assert.ThrowsAsync<ImportException>(() => geocoding.ImportAsync("busy", "csv", file));
        Assert.Contains("busy is being imported by somebody else", failed.Message, StringComparison.Ordinal);
        await geocoding.ImportAsync("not-busy", "csv", file);
    }

    [Fact]
    public async Task who_listens_hears_that_the_addresses_changed()
    {
        await using var connection = new NpgsqlConnection(geocoding.ConnectionString);
        await connection.OpenAsync();
        var heard = new List<string>();
        connection.Notification += (_, notification) => heard.Add($"{notification.Channel} {notification.Payload}");
        await using var listen = new NpgsqlCommand("listen addresses_changed", connection);
        await listen.ExecuteNonQueryAsync();
        await geocoding.ImportAsync("heard", "csv", geocoding.File("a.csv", Csv(Row("h1"))));
        Assert.True(await connection.WaitAsync(10_000));
        Assert.Equal(["addresses_changed heard"], heard);
        Assert.NotNull(await geocoding.QueryAsync<string>("select version from sources where name = 'heard'"));
    }

    [Fact]
    public async Task readers_are_waited_for_and_see_the_old_rows_until_the_end()
    {
        await geocoding.ImportAsync("read", "csv", geocoding.File("a.csv", Csv(Row("v1"))));
        await using var connection = new NpgsqlConnection(geocoding.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var reading = new NpgsqlCommand("select count(*) from addresses where source = 'read'", connection);
        Assert.Equal(1L, await reading.ExecuteScalarAsync());

        var importing = geocoding.ImportAsync("read", "csv", geocoding.File("b.csv", Csv(Row("v1"), Row("v2"))));
        await Task.Delay(TimeSpan.FromSeconds(3.5));
        Assert.False(importing.IsCompleted);
        Assert.Equal(1L, await reading.ExecuteScalarAsync());
        await transaction.CommitAsync();
        Assert.Equal(1, (await importing.WaitAsync(TimeSpan.FromSeconds(30))).Added);
        Assert.Equal(2L, await reading.ExecuteScalarAsync());
    }

    [Fact]
    public async Task a_street_is_a_line_along_its_numbers_and_a_farm_is_none()
    {
        var rows = Enumerable.Range(1, 8).Select(number => Row($"s{number}", "Linjegatan", $"{number}", FormattableString.Invariant($"{59.31 + (number * 0.0003)}"), number % 2 == 0 ? "18.0704" : "18.07"))
            .Append(Row("farm", "Norrgården Provby", "")).Append(Row("far1", "Långtbortvägen", "1")).Append(Row("far2", "Långtbortvägen", "3", "59.41"));
        var result = await geocoding.ImportAsync("streets", "csv", geocoding.File("a.csv", Csv(rows)));
        Assert.Equal(3, result.Streets);
        Assert.Equal("LINESTRING(18.0702 59.31045,18.0702 59.31105,18.0702 59.31165,18.0702 59.31225)",
            await geocoding.QueryAsync<string>("select st_astext(path, 6) from streets where source = 'streets' and name = 'Linjegatan' and class = 'street'"));
        Assert.Equal(2, await geocoding.QueryAsync<long>("select count(*) from streets where source = 'streets' and path is null and class = 'none'"));
        Assert.Equal(0, await geocoding.QueryAsync<long>("select count(*) from addresses a where source = 'streets' and not exists (select 1 from streets s where s.id = a.street_id)"));
    }

    [Fact]
    public async Task a_million_like_rows_are_one_address_and_the_rest_is_in_the_report()
    {
        const int Rows = 1_000_000;
        var path = geocoding.File("a.csv", "");
        await File.WriteAllLinesAsync(path, Enumerable.Repeat(Row("same"), Rows).Prepend(Ums.Geocoding.Import.Formats.OwnCsv.Header));
        var result = await geocoding.ImportAsync("million", "csv", path);
        Assert.Equal((Rows, Rows - 1, 1), (result.Rows, result.Refused, result.Added));
        Assert.Equal(Rows - 1, await geocoding.QueryAsync<long>("select count(*) from import_refusals where import_id = $1 and reason = 'repeated' and line > 2", result.Id));
    }

    [Fact]
    public async Task reports_of_long_ago_are_dropped()
    {
        var first = await geocoding.ImportAsync("kept", "csv", geocoding.File("a.csv", Csv(Row("p1"), "x")));
        for (var i = 2; i <= 6; i++)
        {
            await geocoding.ImportAsync("kept", "csv", geocoding.File("a.csv", Csv(Row($"p{i}"), "x")));
        }
        Assert.Equal(5, await geocoding.QueryAsync<long>("select count(*) from import_refusals join imports i on i.id = import_id where source = 'kept'"));
        Assert.Equal("file,line,field,reason,value\r\n", await geocoding.ReportAsync(first.Id));
    }
}
