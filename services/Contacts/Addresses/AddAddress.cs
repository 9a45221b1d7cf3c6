using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Addresses;

/// <summary>Adds an extra address, such as a summer house, or makes it the main one at once.</summary>
internal static class AddAddress
{
    /// <summary>Far more than anyone needs; a script meets it.</summary>
    private const int Most = 100;

    /// <param name="AddressId">One of Geocoding's matches.</param>
    public sealed record Request(string? AddressId, bool Main);

    public static async Task<Results<Created<AddressView>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ChosenAddress chosen, ContactsDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (facts, refusal) = await chosen.ResolveAsync(request.AddressId, caller.Slug, cancellationToken);
        if (facts is null)
        {
            return refusal!;
        }
        return await db.ChangeOwnAsync<Created<AddressView>>(caller, clock, async (change, token) => await AddAsync(change, facts, request.Main, token) switch
        {
            ({ } address, _) => TypedResults.Created("/api/contact", AddressView.Of(address)),
            (_, var refused) => refused!,
        }, cancellationToken);
    }

    public static async Task<(ContactAddress? Address, ProblemHttpResult? Refusal)> AddAsync(
        Change change, AddressFacts facts, bool main, CancellationToken cancellationToken)
    {
        var contact = change.Contact;
        var before = contact.Addresses.SingleOrDefault(address => address.AddressId == facts.AddressId);
        if (before is { RemovedAt: null })
        {
            return (null, Problems.Problem(StatusCodes.Status409Conflict, "already-added", "The address is already in the list."));
        }
        if (contact.CurrentAddresses.Count() >= Most)
        {
            return (null, Problems.Problem(StatusCodes.Status409Conflict, "too-many-addresses", $"An entry holds {Most} addresses at most."));
        }
        var isMain = main || !contact.CurrentAddresses.Any();
        if (isMain)
        {
            await MakeMain.StepDownAsync(change, cancellationToken);
        }
        var address = before ?? ContactAddress.Chosen(contact, facts, isMain, change.At);
        if (before is null)
        {
            change.Db.Addresses.Add(address);
        }
        else
        {
            before.Restore(change.At);
            before.Main = isMain;
        }
        change.AddressAdded(address);
        if (isMain)
        {
            contact.MainChosen = true;
            change.MainAddressChanged(address);
        }
        return (address, null);
    }
}
