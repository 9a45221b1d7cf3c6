using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Ums.Faults.WrongClock.Startup))]

/// <summary>Brings this assembly into a service that is started with <see cref="Ums.Faults.WrongClock.Settings"/>; its name and place are the runtime's.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // To be there is all: the host then finds the class below.
    }
}

namespace Ums.Faults
{
    /// <summary>
    /// The clock by which services go, set wrong and set again from here while they run (F10). Like a real one that somebody sets, it leaves timers alone; the database's, the broker's
    /// and the provider's are right. Services are started as ever: the host finds it by environment variables, and no service knows of it.
    /// </summary>
    internal sealed class WrongClock : IDisposable
    {
        private const string Variable = "UMS_WRONG_CLOCK";
        private readonly string file = Path.GetTempFileName();

        /// <summary>For every service; each goes right until it is set.</summary>
        public IEnumerable<KeyValuePair<string, string>> Settings =>
        [
            new("DOTNET_STARTUP_HOOKS", typeof(WrongClock).Assembly.Location), new("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", typeof(WrongClock).Assembly.GetName().Name!), new(Variable, file),
        ];

        /// <param name="service">As in <see cref="Ums.AppHost.Topology"/>; null for all.</param>
        /// <param name="ahead">Behind where negative.</param>
        public void Set(TimeSpan ahead, string? service = null)
        {
            // Moved into place, so that nobody reads half of it.
            File.WriteAllText(file + ".new", $"{service}={ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture)}");
            File.Move(file + ".new", file, overwrite: true);
        }

        public void Dispose() => File.Delete(file);

        /// <summary>Runs inside each service, before it adds the clock of its own.</summary>
        internal sealed class Startup : IHostingStartup
        {
            public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(new Clock()));
        }

        private sealed class Clock : TimeProvider
        {
            private readonly string file = Environment.GetEnvironmentVariable(Variable)!;
            private readonly string? service = Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME");
            private volatile Known? known;

            public override DateTimeOffset GetUtcNow()
            {
                var now = known;
                if (now is null || Environment.TickCount64 - now.Read > 100)
                    known = now = new Known(Environment.TickCount64, Read());
                return base.GetUtcNow() + now.Ahead;
            }

            private TimeSpan Read() => File.ReadAllText(file).Split('=') is [var whose, var seconds] && (whose.Length == 0 || whose == service)
                ? TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))
                : TimeSpan.Zero;

            private sealed record Known(long Read, TimeSpan Ahead);
        }
    }
}
