namespace Ums.Identity.Providers;

/// <summary>Where an organisation keeps its people's accounts, such as Entra ID.</summary>
internal sealed class Provider
{
    public required Guid OrganisationId { get; init; }

    /// <summary>As its discovery document names it.</summary>
    public required string Issuer { get; set; }

    public required string ClientId { get; set; }

    public required byte[] SecretSealed { get; set; }

    /// <summary>The claim of the ID token in which the address that was invited stands: <c>email</c>, <c>preferred_username</c> or <c>upn</c>.</summary>
    public required string EmailClaim { get; set; }

    public required DateTimeOffset SetAt { get; set; }
}

/// <summary>Whom a provider means by a subject.</summary>
internal sealed class ProviderSubject
{
    public required Guid OrganisationId { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required Guid OperatorId { get; init; }

    public required DateTimeOffset LinkedAt { get; init; }
}
