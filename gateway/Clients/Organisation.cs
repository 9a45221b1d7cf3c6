namespace Ums.Gateway.Clients;

/// <summary>A municipality or company whose portal this is.</summary>
/// <param name="Categories">Of what it warns, in its own words.</param>
internal sealed record Organisation(
    Guid Id, string Slug, string Name, string Kind, string[] MunicipalityCodes, string? Language = null, string? SmsSenderName = null,
    string? VoiceCallerId = null, bool NorwegianNumbers = false, string[]? Categories = null)
{
    public bool IsCompany => Kind == "company";
}

/// <summary>An organisation that covers an address elsewhere.</summary>
internal sealed record OtherOrganisation(string Slug, string Name, string? Kind = null);
