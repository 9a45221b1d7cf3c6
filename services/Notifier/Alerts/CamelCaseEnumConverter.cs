using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ums.Notifier.Alerts;

/// <summary>Enums stand in JSON as words, as in <c>smsThenVoice</c>.</summary>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) where T : struct, Enum;
