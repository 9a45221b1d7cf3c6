using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Addresses;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Records;

/// <summary>An operator adds or removes a person's address, makes one the main one, switches its alerts: by the rules that hold for the person.</summary>
internal static class ChangeAddresses
{
    /// <param name="AddressId">One of Geocoding's matches.</param>
    public sealed record Request(string? AddressId, bool Main, string? Reason);

    public sealed record AlertsRequest(bool? Enabled);

    public static async Task<Results<Ok<RecordView>, ProblemHttpResult>> Add(
        Guid id, Request request, RecordCaller caller, ChosenAddress chosen, RecordKeeper keeper, CancellationToken cancellationToken)
    {
        var (reason, unfit) = Reason.Optional(request.Reason);
        if (unfit is not null)
        {
            return unfit;
        }
        var (facts, refusal) = await chosen.ResolveAsync(request.AddressId, caller.Slug, cancellationToken);
        if (facts is null)
        {
            return refusal!;
        }
        return await keeper.ChangeAsync(caller, id, caller.Did("contact-address-added", id, reason), evenRestricted: false, async (change, token) =>
        {
            var (address, refused) = await AddAddress.AddAsync(change, facts, request.Main, token);
            return (address?.Id.ToString(), refused);
        }, cancellationToken);
    }

    public static Task<Results<Ok<RecordView>, ProblemHttpResult>> Remove(
        Guid id, Guid address, RecordCaller caller, RecordKeeper keeper, CancellationToken cancellationToken) =>
        ChangeAsync(id, address, "contact-address-removed", caller, keeper, (change, _) => Task.FromResult(RemoveAddress.Remove(address, change)), cancellationToken);

    public static Task<Results<Ok<RecordView>, ProblemHttpResult>> MakeMainOne(
        Guid id, Guid address, RecordCaller caller, RecordKeeper keeper, CancellationToken cancellationToken) =>
        ChangeAsync(id, address, "contact-main-address-changed", caller, keeper, (change, token) => MakeMain.MakeAsync(address, change, token), cancellationToken);

    public static async Task<Results<Ok<RecordView>, ProblemHttpResult>> Alerts(
        Guid id, Guid address, AlertsRequest request, RecordCaller caller, RecordKeeper keeper, CancellationToken cancellationToken) =>
        request.Enabled is { } enabled
            ? await ChangeAsync(id, address, enabled ? "contact-alerts-switched-on" : "contact-alerts-switched-off", caller, keeper,
                (change, token) => SwitchAlerts.SwitchAsync(address, enabled, change, token), cancellationToken)
            : Problems.Invalid("enabled", "required");

    private static Task<Results<Ok<RecordView>, ProblemHttpResult>> ChangeAsync(
        Guid id, Guid address, string action, RecordCaller caller, RecordKeeper keeper, Func<Change, CancellationToken, Task<ProblemHttpResult?>> act,
        CancellationToken cancellationToken) =>
        keeper.ChangeAsync(caller, id, caller.Did(action, id), evenRestricted: false,
            async (change, token) => (address.ToString(), await act(change, token)), cancellationToken);
}
