using System.Collections.Immutable;

namespace Ums.ServiceDefaults.Tokens;

/// <summary>What an operator can be in an organisation, and what each role's tokens are good for. The one table of this; docs/access.md shows what follows.</summary>
public static class Roles
{
    public const string Reader = "reader";
    public const string Editor = "editor";
    public const string Sender = "sender";
    public const string Approver = "approver";
    public const string Administrator = "administrator";

    public static readonly ImmutableArray<string> All = [Reader, Editor, Sender, Approver, Administrator];

    /// <summary>UMS's staff, once inside an organisation: they help to set it up and look after what went wrong, and send nothing in its name.</summary>
    public static readonly ImmutableArray<string> OfStaff = [Administrator];

    public static ImmutableArray<string> ScopesOf(string role) => role switch
    {
        Reader => [Scopes.OrganisationRead, Scopes.AddressRead, Scopes.AlertRead, Scopes.ContactRead],
        Editor => [.. ScopesOf(Reader), Scopes.ContactWrite, Scopes.RegisterImport],
        Sender => [Scopes.OrganisationRead, Scopes.AddressRead, Scopes.AlertRead, Scopes.AudienceRead, Scopes.AlertWrite],
        Approver => [Scopes.OrganisationRead, Scopes.AddressRead, Scopes.AlertRead, Scopes.AlertApprove],
        Administrator => [.. ScopesOf(Reader), Scopes.OrganisationWrite, Scopes.OperatorManage, Scopes.AuditRead],
        _ => [],
    };

    /// <summary>Every operator may look after their own account.</summary>
    public static ImmutableArray<string> ScopesOf(IEnumerable<string> roles) => [.. roles.SelectMany(role => ScopesOf(role)).Prepend(Scopes.Account).Distinct()];

    /// <returns>Null where one of them is none of ours, or none is given.</returns>
    public static string[]? Read(IReadOnlyCollection<string?>? typed) =>
        typed is { Count: > 0 and <= 10 } && typed.All(role => role is not null && All.Contains(role)) ? [.. All.Where(role => typed.Contains(role))] : null;
}
