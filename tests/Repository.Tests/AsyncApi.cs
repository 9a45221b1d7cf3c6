using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using MassTransit;

namespace Ums.Repository.Tests;

/// <summary>Makes the AsyncAPI 3 document of our messages from their types: what travels, on which exchange, from whom, and for whom of ours.</summary>
internal static class AsyncApi
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSchemaExporterOptions Schemas = new() { TreatNullObliviousAsNonNullable = true };

    public static string Document(IReadOnlyList<Type> messages) => new JsonObject
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "UMS Population Alert: messages",
            ["version"] = "1",
            ["description"] = "Events that other systems may subscribe to, and commands between our services. Delivery is at least once and without order: "
                + "compare message ids and versions. Changes are additive.",
        },
        ["defaultContentType"] = "application/vnd.masstransit+json",
        ["channels"] = Each(messages, Channel),
        ["operations"] = new JsonObject(messages.SelectMany(Operations)),
        ["components"] = new JsonObject
        {
            ["messages"] = Each(messages, Message),
            ["schemas"] = Each(messages, Schema),
        },
    }.ToJsonString(Form);

    private static JsonObject Each(IEnumerable<Type> messages, Func<Type, JsonNode> make) =>
        new(messages.Select(type => KeyValuePair.Create(type.Name, (JsonNode?)make(type))));

    private static JsonObject Channel(Type type) => new()
    {
        ["address"] = $"{type.Namespace}:{type.Name}",
        ["messages"] = new JsonObject { [type.Name] = Reference($"#/components/messages/{type.Name}") },
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject { ["name"] = $"{type.Namespace}:{type.Name}", ["type"] = "fanout", ["durable"] = true },
            },
        },
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Operations(Type type)
    {
        var contract = MessageRules.ContractOf(type);
        yield return KeyValuePair.Create($"{contract.From}.publish.{type.Name}", (JsonNode?)Operation("send", type));
        foreach (var service in contract.To)
        {
            yield return KeyValuePair.Create($"{service}.consume.{type.Name}", (JsonNode?)Operation("receive", type));
        }
    }

    private static JsonObject Operation(string action, Type type) => new()
    {
        ["action"] = action,
        ["channel"] = Reference($"#/channels/{type.Name}"),
        ["messages"] = new JsonArray(Reference($"#/channels/{type.Name}/messages/{type.Name}")),
    };

    /// <summary>MassTransit's envelope, of which a subscriber reads the id, the type and the message.</summary>
    private static JsonObject Message(Type type) => new()
    {
        ["name"] = type.Name,
        ["x-urgent"] = MessageRules.ContractOf(type).Urgent,
        ["payload"] = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("messageId", "messageType", "message"),
            ["properties"] = new JsonObject
            {
                ["messageId"] = new JsonObject { ["type"] = "string", ["format"] = "uuid", ["description"] = "The same in every repetition." },
                ["messageType"] = new JsonObject { ["type"] = "array", ["contains"] = new JsonObject { ["const"] = MessageUrn.ForTypeString(type) } },
                ["message"] = Reference($"#/components/schemas/{type.Name}"),
                ["sentTime"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            },
        },
    };

    private static JsonNode Schema(Type type) => JsonSerializerOptions.Web.GetJsonSchemaAsNode(type, Schemas);

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
