using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Ums.AppHost;
using Ums.Local.Launch;
using Ums.Local.Processes;
using Ums.Local.Servers;
using Xunit;

namespace Ums.Local.Tests.Commands;

/// <summary>A broker that somebody else runs, given what the launcher prints.</summary>
public sealed class DefinitionsTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("ums-definitions-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task a_broker_that_imports_them_lets_each_service_in_with_its_password_from_the_file()
    {
        var users = new BrokerUsers(user => "before-" + user, Topology.OnTheBus);
        await using var broker = new RabbitMq(Path.Combine(directory, "rabbitmq"), Ports.Free(), users);
        await using var running = new Supervised(broker.Name, broker.Address, broker.PrepareAsync, broker.IsReadyAsync);
        running.Start();
        await running.Ready.WaitAsync(TimeSpan.FromMinutes(1));

        var definitions = await DefinitionsAsync();
        using var management = new HttpClient { BaseAddress = new Uri(broker.ManagementUrl) };
        var credentials = Encoding.UTF8.GetBytes($"{BrokerUsers.Administrator}:{users.Password(BrokerUsers.Administrator)}");
        management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        using var import = new StringContent(definitions, Encoding.UTF8, "application/json");
        using var answer = await management.PostAsync(new Uri("api/definitions", UriKind.Relative), import);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        foreach (var (user, password) in Passwords())
        {
            Assert.DoesNotContain(password, definitions, StringComparison.Ordinal);
            var address = new Uri($"amqp://{user}:{Uri.EscapeDataString(password)}@{broker.Address}/{RabbitMq.VirtualHost}");
            await using var connection = await new ConnectionFactory { Uri = address }.CreateConnectionAsync();
        }
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => new ConnectionFactory { Uri = new Uri(broker.ConnectionString("identity")) }.CreateConnectionAsync());
    }

    [Fact]
    public async Task a_second_time_it_prints_the_same_users_with_the_same_passwords()
    {
        await DefinitionsAsync();
        var first = Passwords();
        using var printed = JsonDocument.Parse(await DefinitionsAsync());

        Assert.Equal(first, Passwords());
        Assert.Equal([.. Topology.OnTheBus, BrokerUsers.Administrator], printed.RootElement.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString()));
    }

    private string FileName => Path.Combine(directory, "passwords.json");

    private Dictionary<string, string> Passwords() => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(FileName))!;

    private Task<string> DefinitionsAsync() => Child.RunAsync(new Command(Build.Dotnet, typeof(Launcher).Assembly.Location, "definitions", FileName));
}
