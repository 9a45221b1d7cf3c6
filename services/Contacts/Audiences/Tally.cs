using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

/// <summary>Counts rows as they stream by. It keeps eight bytes of each phone and address, nothing that names anyone.</summary>
internal sealed class Tally(PreparedAudience audience, DateOnly day, PersonalData personal)
{
    private readonly HashSet<ulong> mobiles = [];
    private readonly HashSet<ulong> landlines = [];
    private readonly HashSet<ulong> listed = [];
    private readonly HashSet<long> addresses = [];
    private readonly Dictionary<long, Best> households = [];
    private readonly HashSet<Guid> switchedOff = [];
    private readonly HashSet<Guid> withoutPhone = [];
    private readonly HashSet<Guid> underAge = [];
    private int found;
    private int tooYoung;
    private int silenced;

    /// <param name="Index">Of a phone; null where the person has none.</param>
    public sealed record Row(
        Guid Address, long Household, bool Alerts, Guid Contact, bool IsPrivate, byte[]? BirthDate, byte[]? Index, bool IsMobile, byte[]? HolderBirthDate);

    /// <summary>The phone that a household would be reached on.</summary>
    private readonly record struct Best(bool IsListed, bool IsMobile, ulong Phone)
    {
        public bool Beats(Best other) => (IsListed, IsMobile, ~Phone).CompareTo((other.IsListed, other.IsMobile, ~other.Phone)) > 0;
    }

    public void AddListed(IEnumerable<ListedPhone> phones, IReadOnlyCollection<Holder> holders)
    {
        var silent = holders.Where(holder => holder.Silenced).Select(holder => holder.Index).ToHashSet(IndexComparer.Instance);
        var young = holders.Where(holder => !holder.Silenced && holder.IsTooYoung(audience.Organisation, day, personal)).Select(holder => holder.Index).ToHashSet(IndexComparer.Instance);
        tooYoung += young.Count;
        silenced += silent.Count;
        foreach (var phone in phones.Where(phone => !young.Contains(phone.Index) && !silent.Contains(phone.Index)))
        {
            var index = CountAudience.Short(phone.Index);
            listed.Add(index);
            Reach(phone.IsMobile, index);
        }
    }

    public void Add(Row row)
    {
        if (!row.Alerts)
        {
            switchedOff.Add(row.Address);
            return;
        }
        addresses.Add(row.Household);
        if (row.IsPrivate && !AgeLimit.MayBeSent(ContactKind.Private, Birth.Open(audience.Organisation, row.BirthDate, personal), day))
        {
            underAge.Add(row.Contact);
        }
        else if (row.Index is null)
        {
            withoutPhone.Add(row.Contact);
        }
        else if (Birth.Open(audience.Organisation, row.HolderBirthDate, personal) is not { } born || AgeLimit.IsOldEnough(born, day))
        {
            AddPhone(row.Household, row.IsMobile, CountAudience.Short(row.Index));
        }
    }

    /// <param name="lines">Of the list, as it came.</param>
    public CountAudience.Response Result(int lines)
    {
        if (audience.Audience.OncePerHousehold)
        {
            foreach (var best in households.Values)
            {
                Reach(best.IsMobile, best.Phone);
            }
        }
        var phones = mobiles.Count + landlines.Count;
        var again = audience.Audience.OncePerHousehold ? households.Count + lines : found + lines;
        return new CountAudience.Response(
            phones, mobiles.Count, landlines.Count, households.Count, addresses.Count, withoutPhone.Count, switchedOff.Count + silenced, underAge.Count,
            Math.Max(again - tooYoung - silenced - phones, 0));
    }

    private void AddPhone(long household, bool isMobile, ulong phone)
    {
        found++;
        var best = new Best(listed.Contains(phone), isMobile, phone);
        if (!households.TryGetValue(household, out var other) || best.Beats(other))
        {
            households[household] = best;
        }
        if (!audience.Audience.OncePerHousehold)
        {
            Reach(isMobile, phone);
        }
    }

    private void Reach(bool isMobile, ulong phone) => (isMobile ? mobiles : landlines).Add(phone);
}
