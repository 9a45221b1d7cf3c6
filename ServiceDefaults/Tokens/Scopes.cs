namespace Ums.ServiceDefaults.Tokens;

/// <summary>What a token may be used for; one or more stand on each route.</summary>
public static class Scopes
{
    /// <summary>A resident's own entry.</summary>
    public const string Contact = "contact";

    /// <summary>Proof that the bearer answers at the token's phone number.</summary>
    public const string PhoneProof = "phone.proof";

    /// <summary>Match, suggest and read addresses.</summary>
    public const string AddressRead = "address.read";

    /// <summary>Match addresses by the thousand.</summary>
    public const string AddressMatch = "address.match";

    /// <summary>Replace the addresses of a source.</summary>
    public const string AddressImport = "address.import";

    /// <summary>Bring a public register in, and take it back.</summary>
    public const string RegisterImport = "register.import";

    /// <summary>Count whom an alert would reach.</summary>
    public const string AudienceRead = "audience.read";

    /// <summary>Write alerts, and see what their texts become.</summary>
    public const string AlertWrite = "alert.write";

    /// <summary>Let an alert out that somebody else wrote.</summary>
    public const string AlertApprove = "alert.approve";

    /// <summary>Watch alerts and read their reports.</summary>
    public const string AlertRead = "alert.read";

    /// <summary>Ask whether a session lives (the gateway).</summary>
    public const string SessionCheck = "session.check";

    /// <summary>Read organisations' settings.</summary>
    public const string OrganisationRead = "organisation.read";

    /// <summary>Change an organisation's settings and its API clients.</summary>
    public const string OrganisationWrite = "organisation.write";

    /// <summary>Invite operators, change what they may do, remove them.</summary>
    public const string OperatorManage = "operator.manage";

    /// <summary>Read the audit.</summary>
    public const string AuditRead = "audit.read";

    /// <summary>Find and read people's entries, as an operator.</summary>
    public const string ContactRead = "contact.read";

    /// <summary>Change people's entries, as an operator.</summary>
    public const string ContactWrite = "contact.write";

    /// <summary>An operator's own account and choice of organisation: what every operator's token is good for.</summary>
    public const string Account = "account";

    /// <summary>Sign operators in on their behalf (the gateway).</summary>
    public const string OperatorSignIn = "operator.sign-in";
}
