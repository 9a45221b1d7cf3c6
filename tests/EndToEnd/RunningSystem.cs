using Ums.Local.Launch;

namespace Ums.EndToEnd;

/// <summary>The whole system as <c>./run</c> starts it, on ports and data of its own, with the demo towns and people loaded.</summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("ums-end-to-end-").FullName;
    private StateDirectory? state;
    private LocalSystem? system;

    public HttpClient Gateway { get; private set; } = null!;

    public string Url => System.PublicUrl;

    internal LocalSystem System => system ?? throw new InvalidOperationException("Not started.");

    /// <summary>Everything that the processes said.</summary>
    internal string Logs => Path.Combine(directory, "logs");

    internal string Data => directory;

    public async Task InitializeAsync()
    {
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var options = new LaunchOptions
        {
            Port = 0,
            State = directory,
            Build = false,
            Configuration = Configuration,
            ThrowAway = true,
            Settings = new Dictionary<string, string>
            {
                // A dozen residents share this machine's address; the limits have tests of their own.
                ["Pins__Limits__NoScriptNetworkPerHour"] = "1000",
                ["Pins__Limits__NetworkPer10Minutes"] = "1000",
            },
        };
        state = StateDirectory.Open(options);
        system = new LocalSystem(options, state, new Screen(quiet: true));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        await system.StartAsync(patience.Token);
        Gateway = new HttpClient { BaseAddress = new Uri(Url + "/") };
    }

    public async Task DisposeAsync()
    {
        Gateway?.Dispose();
        if (system is not null)
            await system.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static string Configuration =>
#if DEBUG
        "Debug";
#else
        "Release";
#endif
}

[CollectionDefinition(Name)]
public sealed class SystemCollection : ICollectionFixture<RunningSystem>, ICollectionFixture<Browser>
{
    public const string Name = "the running system";
}
