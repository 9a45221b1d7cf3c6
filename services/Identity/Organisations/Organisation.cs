using System.Text.Json.Serialization;

namespace Ums.Identity.Organisations;

/// <summary>A municipality or company that warns people: the tenant.</summary>
internal sealed class Organisation
{
    public Guid Id { get; init; }

    /// <summary>Stands in direct links (<c>/k/{slug}</c>) and never changes.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    public required OrganisationKind Kind { get; init; }

    /// <summary>Official four-digit codes of the municipalities whose addresses it may warn.</summary>
    public required string[] MunicipalityCodes { get; set; }

    /// <summary>3 to 11 Latin letters and digits: what a phone shows instead of a number.</summary>
    public required string SmsSenderName { get; set; }

    /// <summary>E.164.</summary>
    public required string VoiceCallerId { get; set; }

    /// <summary>Of what is sent: <c>sv</c>, <c>nb</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "sv";

    public bool NorwegianNumbers { get; set; }

    /// <summary>Of what its warnings are about.</summary>
    public string[] Categories { get; set; } = ["Vatten och avlopp", "Fjärrvärme", "El", "Renhållning", "Övrigt"];

    public bool Active { get; set; } = true;

    public long Version { get; set; } = 1;
}

[JsonConverter(typeof(JsonStringEnumConverter<OrganisationKind>))]
public enum OrganisationKind
{
    [JsonStringEnumMemberName("municipality")]
    Municipality,

    [JsonStringEnumMemberName("company")]
    Company,
}
