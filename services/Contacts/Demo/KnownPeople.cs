using Ums.Contacts.Contacts;

namespace Ums.Contacts.Demo;

/// <summary>
/// The few people of the demo register that the README names, so that a newcomer knows whom to sign in as. All are made up, and so are their numbers
/// (<see cref="FictionNumbers"/>). A number that is not here, such as 070-174 06 90, is unknown to every organisation and leads to registration.
/// </summary>
internal static class KnownPeople
{
    public static readonly IReadOnlyList<KnownPerson> All =
    [
        new("stockholm", ContactKind.Private, "Anna", "Lindström", new DateOnly(1984, 5, 17), "+46701740605", null),
        new("stockholm", ContactKind.Private, "Karl-Erik", "Söderberg", new DateOnly(1946, 11, 2), null, "+46846500400"),
        new("stockholm", ContactKind.Company, "Samira", "Haddad", null, "+46701740606", null, "Påhittade Tandkliniken AB", "9999990014"),
        new("goteborg", ContactKind.Private, "Lars", "Andersson", new DateOnly(1971, 3, 30), "+46701740607", "+46313900600"),
        new("malmo", ContactKind.Private, "Ingrid", "Nilsson", new DateOnly(1938, 8, 9), null, "+46406280400"),
        new("orebro", ContactKind.Private, "Moa", "Karlsson", new DateOnly(1999, 1, 21), "+46701740608", null),
        new("pitea", ContactKind.Private, "Sven", "Öberg", new DateOnly(1957, 6, 5), "+46701740609", null),
        new("kiruna", ContactKind.Private, "Áile", "Labba", new DateOnly(1990, 12, 13), "+46701740610", "+46980319200"),
    ];

    public static IEnumerable<KnownPerson> Of(string slug) => All.Where(person => person.Slug == slug);
}

/// <param name="Slug">The organisation in whose register they stand.</param>
internal sealed record KnownPerson(
    string Slug, ContactKind Kind, string GivenName, string FamilyName, DateOnly? BirthDate, string? Mobile, string? Landline,
    string? CompanyName = null, string? OrganisationNumber = null);
