using System.Diagnostics;
using System.Globalization;
using Ums.Geocoding.Import;
using Ums.Geocoding.Import.Formats;
using Xunit;
using static Ums.Geocoding.Tests.Import.ImportFixture;

namespace Ums.Geocoding.Tests.Import;

/// <summary>The command line as a program of its own, as an operator runs it.</summary>
public sealed class ImportCommandTests(ImportFixture geocoding) : IClassFixture<ImportFixture>
{
    [Fact]
    public async Task it_imports_and_says_what_it_did()
    {
        var (file, report) = (geocoding.File("a.csv", Csv(Row("c1"), Row("c2", number: "x"))), geocoding.File("refused.csv", ""));
        var (code, output, _) = await RunAsync("--format", "csv", "--source", "command", "--report", report, file);
        Assert.Equal(0, code);
        Assert.Contains("command: 2 rows read, 1 refused", output, StringComparison.Ordinal);
        Assert.Contains("1 added, 0 changed, 0 gone, 0 unchanged; 1 streets", output, StringComparison.Ordinal);
        Assert.Contains("refused 1: number not-a-number", output, StringComparison.Ordinal);
        Assert.Contains("1,3,number,not-a-number,x", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        Assert.Equal(1, await geocoding.CountAsync("command"));
    }

    [Fact]
    public async Task what_cannot_be_imported_ends_with_1()
    {
        var (code, _, error) = await RunAsync("--format", "csv", geocoding.File("a.csv", "no header"));
        Assert.Equal(1, code);
        Assert.Contains("Nothing was imported. a.csv: the header lacks", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format is missing", "a.csv")]
    [InlineData("--format xls is not known", "--format", "xls", "a.csv")]
    [InlineData("Which file?", "--format", "csv")]
    [InlineData("There is no file nowhere.csv", "--format", "csv", "nowhere.csv")]
    [InlineData("--fast is not an option", "--format", "csv", "--fast")]
    [InlineData("--report needs a value", "--format", "csv", "--report")]
    [InlineData("--source A B", "--format", "csv", "--source", "A B", "a.csv")]
    public void a_command_that_cannot_be_says_what_is_wrong(string reason, params string[] arguments) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => ImportArguments.Parse(arguments)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task a_command_that_was_not_understood_ends_with_2_and_says_what_to_do()
    {
        var (code, _, error) = await RunAsync("--format", "xls");
        Assert.Equal(2, code);
        Assert.Contains("Usage: dotnet run --project services/Geocoding -- import", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task its_memory_does_not_grow_with_the_file_and_a_killed_one_goes_on()
    {
        var path = geocoding.File("big.csv", "");
        await File.WriteAllLinesAsync(path, Enumerable.Range(0, 600_000).Select(i => Row($"big{i}", $"Gata {i / 20}", $"{(i % 20) + 1}")).Prepend(OwnCsv.Header));
        using (var first = Start("--format", "csv", "--source", "big", path))
        {
            while (await geocoding.QueryAsync<long>("select coalesce(max(rows_read), 0) from imports where source = 'big'") < 100_000)
            {
                await Task.Delay(20);
                Assert.False(first.HasExited, "It was done before it could be killed.");
            }
            first.Kill();
            await first.WaitForExitAsync();
        }
        Assert.Equal(0, await geocoding.CountAsync("big"));

        using var second = Start("--format", "csv", "--source", "big", path);
        var output = second.StandardOutput.ReadToEndAsync();
        var most = 0L;
        while (!second.HasExited)
        {
            most = Math.Max(most, HighWaterMark(second.Id));
            await Task.Delay(50);
        }
        Assert.Contains("600,000 rows read (some by an earlier try), 0 refused", await output, StringComparison.Ordinal);
        Assert.Equal(600_000, await geocoding.CountAsync("big"));
        Assert.InRange(most, 1, 150 * 1024);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output, await error);
    }

    private Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(ImportCommand).Assembly.Location, "import", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
        Environment = { ["ConnectionStrings__geocodingdb"] = geocoding.ConnectionString },
    })!;

    /// <summary>In KiB; 0 once it has ended.</summary>
    private static long HighWaterMark(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
