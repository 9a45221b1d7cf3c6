using System.Globalization;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.Contacts.RegisterImport;

namespace Ums.Contacts.Demo;

/// <summary>
/// Makes up the people of one organisation: households at the given addresses, with ages, names and a few numbers as a register has them. The same
/// plan and addresses give the same people.
/// </summary>
internal sealed class DemoPeople(DemoPlan plan, IReadOnlyList<AddressFacts> addresses)
{
    /// <summary>Here the ages end: the register is of this day.</summary>
    private static readonly DateOnly Day = new(2026, 11, 1);

    private static readonly string[] Trades = ["Bageri", "Rörservice", "Elfirma", "Åkeri", "Frisersalong", "Byggtjänst", "Restaurang", "Tandvård", "Trädgård", "Förskola"];

    private readonly Random dice = new(plan.Seed);
    private readonly Queue<string> mobiles = new(plan.Mobiles);
    private readonly Queue<string> landlines = new(plan.Landlines);
    private int next;

    public IEnumerable<RegisterRow> Rows()
    {
        // The known ones live at the first addresses, the others at the rest.
        var homes = new Queue<AddressFacts>(addresses);
        foreach (var person in KnownPeople.Of(plan.Slug))
        {
            var home = homes.Dequeue();
            yield return Row(person.Kind, person.GivenName, person.FamilyName, person.BirthDate, person.Mobile, person.Landline, home) with
            {
                CompanyName = person.CompanyName,
                OrganisationNumber = person.OrganisationNumber,
            };
        }
        while (next < plan.People && homes.TryDequeue(out var home))
        {
            foreach (var row in Household(home).Take(plan.People - next))
            {
                yield return row;
            }
        }
    }

    private IEnumerable<RegisterRow> Household(AddressFacts home)
    {
        if (dice.Next(60) == 0)
        {
            yield return CompanyContact(home);
            yield break;
        }
        var size = dice.NextDouble() switch { < 0.36 => 1, < 0.66 => 2, < 0.80 => 3, < 0.94 => 4, _ => 5 };
        var eldest = size <= 2 ? Age(20, 94) : Age(24, 56);
        var familyName = SwedishNames.Family(dice, plan.IsNorthern);
        for (var member = 0; member < size; member++)
        {
            var age = member switch { 0 => eldest, 1 => Math.Max(18, eldest - 4 + dice.Next(9)), _ => dice.Next(0, 20) };
            var woman = member == 1 || dice.Next(2) == 0;
            yield return Person(home, age, woman, member == 1 && dice.Next(3) == 0 ? SwedishNames.Family(dice, plan.IsNorthern) : familyName);
        }
    }

    private RegisterRow Person(AddressFacts home, int age, bool woman, string familyName)
    {
        var born = Day.AddYears(-age).AddDays(-dice.Next(365));
        var mobile = age >= 13 && dice.Next(60) == 0 ? Take(mobiles) : null;
        var landline = age >= 60 && dice.Next(20) == 0 ? Take(landlines) : null;
        var row = Row(ContactKind.Private, SwedishNames.Given(dice, woman, born.Year), familyName, born, mobile, landline, home);
        // Some three in ten thousand have a protected identity; here a few more, so that each register has some to drop.
        return dice.Next(1000) < 2 ? row with { IsProtected = true } : row;
    }

    private RegisterRow CompanyContact(AddressFacts home)
    {
        var (familyName, woman) = (SwedishNames.Family(dice, plan.IsNorthern), dice.Next(2) == 0);
        var row = Row(ContactKind.Company, SwedishNames.Given(dice, woman, dice.Next(1962, 2000)), familyName, null, dice.Next(4) == 0 ? Take(mobiles) : null, null, home);
        return row with { CompanyName = $"{familyName}s {Trades[dice.Next(Trades.Length)]} AB", OrganisationNumber = MadeUpOrganisationNumber(next) };
    }

    private RegisterRow Row(ContactKind kind, string givenName, string familyName, DateOnly? born, string? mobile, string? landline, AddressFacts home) => new(
        $"demo-{plan.Slug}-{++next:00000}", kind, givenName, familyName, born, mobile, landline,
        home.Street, $"{home.Number}{home.Letter}", home.Postcode, home.Place, Known: home);

    private int Age(int from, int to) => from + (int)((to - from) * (dice.NextDouble() + dice.NextDouble()) / 2);

    private static string? Take(Queue<string> numbers) => numbers.TryDequeue(out var number) ? number : null;

    /// <summary>In a series (999999) that no company has, with a right last digit.</summary>
    private static string MadeUpOrganisationNumber(int serial)
    {
        var nine = "999999" + (serial % 1000).ToString("000", CultureInfo.InvariantCulture);
        return Enumerable.Range(0, 10).Select(check => $"{nine}{check}").First(number => PersonFields.OrganisationNumber(number).Fault is null);
    }
}
