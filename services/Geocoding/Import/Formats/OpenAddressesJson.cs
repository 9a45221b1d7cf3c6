using System.Text.Json;
using Ums.Geocoding.Import.Files;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import.Formats;

/// <summary>OpenAddresses' GeoJSON: a feature with a point on each line.</summary>
internal sealed class OpenAddressesJson : AddressFormat
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    public override IEnumerable<SourceRow> Read(Part part, Place from, string scratch)
    {
        using var lines = TextEncoding.Open(part.Open());
        if (from.Position > 0)
        {
            lines.SkipTo(from.Position, from.Line);
        }
        while (lines.Next())
        {
            if (lines.Fault is null && lines.Text.IsWhiteSpace())
            {
                continue;
            }
            var (address, refusal) = lines.Fault is { } fault ? (null, Refusal.Of("row", fault)) : ReadLine(lines.Text);
            yield return new SourceRow(lines.Line, lines.Position, lines.Position, address, refusal);
        }
    }

    internal static (RawAddress? Address, Refusal? Refusal) ReadLine(ReadOnlySpan<char> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line.ToString(), Shallow);
            var address = new RawAddress();
            return Read(document.RootElement, address) is { } refusal ? (null, refusal) : (address, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Half a surrogate pair is JSON until somebody asks for the text.
            return (null, Refusal.Of("row", "json", line));
        }
    }

    private static Refusal? Read(JsonElement feature, RawAddress address)
    {
        if (feature.ValueKind != JsonValueKind.Object || Member(feature, "properties") is not { ValueKind: JsonValueKind.Object } properties)
        {
            return Refusal.Of("row", "json", feature.GetRawText());
        }
        return OpenAddresses.Read(name => Text(Member(properties, name)), address) ?? Point(Member(feature, "geometry"), address);
    }

    private static Refusal? Point(JsonElement? geometry, RawAddress address)
    {
        if (geometry is not { ValueKind: JsonValueKind.Object } shape || Text(Member(shape, "type")) != "Point"
            || Member(shape, "coordinates") is not { ValueKind: JsonValueKind.Array } coordinates || coordinates.GetArrayLength() < 2
            || coordinates[0].ValueKind != JsonValueKind.Number || coordinates[1].ValueKind != JsonValueKind.Number)
        {
            return Refusal.Of("latitude", geometry is null or { ValueKind: JsonValueKind.Null } ? "missing" : "geometry", geometry?.GetRawText());
        }
        return Coordinates.Read(coordinates[1].GetRawText(), coordinates[0].GetRawText(), address);
    }

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? member) => member switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value && value.Trim() is { Length: > 0 } trimmed ? trimmed : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
