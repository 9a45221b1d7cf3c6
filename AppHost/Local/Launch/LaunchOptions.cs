using System.Globalization;

namespace Ums.Local.Launch;

/// <summary>What was asked for on the command line of ./run.</summary>
internal sealed record LaunchOptions
{
    public const string Help = """
        Usage: ./run [options]

          --port N              the gateway's port (8080)
          --reset               begin anew: forget all data of earlier starts
          --backup DIR          keep encrypted backups there: a whole copy now and each day, and every minute what changed since
          --restore DIR         begin with what such a backup holds; needs the keys.json that was there when it was made
          --environment NAME    Development (the default, with demo data and the telephone double) or Production
          --state DIR           where data, keys and logs are kept (.local)
          --resources FILE      write the resources' addresses, states and process ids to a JSON file, at each change
          --configuration NAME  build configuration (Release)
          --no-build            start what was built before

        Beside it (dotnet run --project AppHost/Local -- …):

          servers -- COMMAND    run a command beside a PostgreSQL and a RabbitMQ of its own, as ./test does
          definitions FILE      print the broker's users and permissions for a broker elsewhere; FILE keeps the passwords
        """;

    /// <summary>The gateway's port; 0 takes any free one.</summary>
    public int Port { get; init; } = 8080;

    public bool Reset { get; init; }

    public string? Backup { get; init; }

    public string? Restore { get; init; }

    public string Environment { get; init; } = "Development";

    public string State { get; init; } = Path.Combine(Repository.Root, ".local");

    public string? Resources { get; init; }

    public string Configuration { get; init; } = "Release";

    public bool Build { get; init; } = true;

    /// <summary>For tests, whose data nobody needs after a crash.</summary>
    public bool ThrowAway { get; init; }

    /// <summary>More environment variables for every service, from tests.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <exception cref="LaunchException">Something is misspelt.</exception>
    public static LaunchOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LaunchOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--port" => options with { Port = PortOf(Next()) },
                "--reset" => options with { Reset = true },
                "--backup" => options with { Backup = Path.GetFullPath(Next()) },
                "--restore" => options with { Restore = Path.GetFullPath(Next()) },
                "--environment" => options with { Environment = Next() },
                "--state" => options with { State = Path.GetFullPath(Next()) },
                "--resources" => options with { Resources = Path.GetFullPath(Next()) },
                "--configuration" => options with { Configuration = Next() },
                "--no-build" => options with { Build = false },
                var other => throw new LaunchException($"{other} is not an option.\n\n{Help}"),
            };

            string Next() => ++i < arguments.Count ? arguments[i] : throw new LaunchException($"{arguments[i - 1]} needs a value.\n\n{Help}");
        }
        return options is { Reset: true, Restore: not null }
            ? throw new LaunchException("--reset forgets the keys that --restore needs: give one of them.")
            : options;
    }

    private static int PortOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
        ? port
        : throw new LaunchException($"--port {text}: a port is a number up to 65535.");
}
