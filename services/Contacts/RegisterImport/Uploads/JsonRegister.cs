using System.Text.Json;
using System.Text.Json.Serialization;
using Ums.ServiceDefaults.Files;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>One JSON object a line.</summary>
internal sealed class JsonRegister : IRegisterFormat
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
    };

    public bool IsCutShort { get; private set; }

    public bool IsHeader(LineReader lines) => false;

    public FileRow Read(long line, ReadOnlySpan<char> text)
    {
        IsCutShort = false;
        try
        {
            return JsonSerializer.Deserialize<RawRow>(text, Strict)?.At(line) ?? new FileRow(line, null, "not-json", null);
        }
        catch (JsonException)
        {
            IsCutShort = text.TrimStart().StartsWith("{") && !text.TrimEnd().EndsWith("}");
            return new FileRow(line, null, "not-json", null);
        }
    }
}
