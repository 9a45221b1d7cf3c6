using System.Collections.Concurrent;
using System.Reflection;
using Ums.Messages;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>The messages of Ums.Messages and what their <see cref="ContractAttribute"/> says.</summary>
internal static class MessageContract
{
    private static readonly ConcurrentDictionary<Type, ContractAttribute> Contracts = new();

    /// <exception cref="InvalidOperationException">Not a message.</exception>
    public static ContractAttribute Of(Type message) => Contracts.GetOrAdd(message, type => type.GetCustomAttribute<ContractAttribute>()
        ?? throw new InvalidOperationException($"{type} is not a message: it has no [Contract]."));

    /// <param name="name">The full name that stands on an outbox row.</param>
    /// <exception cref="TypeLoadException">This replica knows no message of that name.</exception>
    public static Type TypeOf(string name) => typeof(ContractAttribute).Assembly.GetType(name, throwOnError: true)!;

    public static IEnumerable<Type> PublishedBy(string service) =>
        typeof(ContractAttribute).Assembly.GetTypes().Where(type => type.GetCustomAttribute<ContractAttribute>()?.From == service);
}
