using System.Security.Claims;
using Ums.Contacts.Audit;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Contacts.Contacts;

/// <summary>The signed-in resident, from the token alone: nothing in a request says whose entry it is about.</summary>
internal sealed record Caller(Guid Organisation, string Slug, PhoneNumber Phone, byte[] PhoneIndex, ContactKind Kind, string Subject, string? Session)
{
    public Author Author => new(AuditActor.Resident, Subject, PhoneIndex, Session);

    /// <summary>Lets a handler take the caller as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext http) =>
        ValueTask.FromResult<Caller?>(Of(http.User, http.RequestServices.GetRequiredService<PersonalData>()));

    public static Caller Of(ClaimsPrincipal user, PersonalData personal)
    {
        var organisation = user.OrganisationId();
        var phone = PhoneNumber.Parse(user.Required(Claims.PhoneNumber));
        return new Caller(
            organisation, user.Required(Claims.OrganisationSlug), phone, personal.Index(organisation, phone.E164),
            Enum.Parse<ContactKind>(user.Required(Claims.Kind), ignoreCase: true), user.Required(Claims.Subject), user.FindFirstValue(Claims.Session));
    }
}
