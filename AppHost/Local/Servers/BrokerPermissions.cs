using System.Reflection;
using System.Text.RegularExpressions;
using Ums.Messages;

namespace Ums.Local.Servers;

/// <summary>
/// What one user may do in a virtual host, as the three regular expressions that RabbitMQ knows. They follow from the contracts: a service writes
/// only to the exchanges of messages that it publishes, reads only those that it consumes, and has its own queues, whose names begin with its own.
/// </summary>
internal sealed record BrokerPermissions(string Configure, string Write, string Read)
{
    public static readonly BrokerPermissions Everything = new(".*", ".*", ".*");

    public static readonly BrokerPermissions Nothing = new("", "", "");

    private static readonly List<(string Exchange, ContractAttribute Contract)> Messages =
    [
        .. typeof(ContractAttribute).Assembly.GetTypes()
            .Select(type => (type, contract: type.GetCustomAttribute<ContractAttribute>()))
            .Where(message => message.contract is not null)
            .Select(message => (ExchangeOf(message.type), message.contract!))
            .OrderBy(message => message.Item1, StringComparer.Ordinal),
    ];

    public static BrokerPermissions Of(string service)
    {
        var own = $"{Regex.Escape(service)}(-.*)?";
        var publishes = Messages.Where(m => m.Contract.From == service).Select(m => Regex.Escape(m.Exchange)).ToList();
        var consumes = Messages.Where(m => m.Contract.To.Contains(service)).Select(m => Regex.Escape(m.Exchange)).ToList();
        // MassTransit tells of a consumer's failure on Fault exchanges; nobody of ours reads them.
        var faults = consumes.Select(exchange => $"MassTransit:Fault--{exchange}--").Append("MassTransit:(Receive)?Fault").ToList();
        return new BrokerPermissions(
            Configure: OneOf([own, .. publishes, .. consumes, .. faults]),
            Write: OneOf([own, .. publishes, .. faults]),
            Read: OneOf([own, .. consumes, .. faults]));
    }

    /// <summary>How MassTransit names a message's exchange.</summary>
    public static string ExchangeOf(Type message) => $"{message.Namespace}:{message.Name}";

    private static string OneOf(IEnumerable<string> names) => $"^({string.Join('|', names)})$";
}
