using System.Collections.Concurrent;
using System.Reflection;
using Ums.Messages;

namespace Ums.ServiceDefaults.Messaging;

internal static class MessageContract
{
    private static readonly ConcurrentDictionary<Type, ContractAttribute> Contracts = new();

    public static ContractAttribute Of(Type message) => Contracts.GetOrAdd(message, type => type.GetCustomAttribute<ContractAttribute>()
        ?? throw new InvalidOperationException($"{type} has no [Contract]."));
}
