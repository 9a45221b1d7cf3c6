using Ums.ProviderDoubles.Faults;

namespace Ums.ProviderDoubles.Receipts;

/// <summary>What is reported of one message, after chance has had its say.</summary>
internal static class ReceiptPlan
{
    /// <param name="states">What is reported in fair weather, in this order.</param>
    /// <param name="number">Of the message.</param>
    public static IEnumerable<string> Of(FaultPlan plan, IReadOnlyList<string> states, long number)
    {
        if (Weather.Strikes(plan, plan.ReceiptLost, number, 2))
        {
            return [];
        }
        var failed = Weather.Strikes(plan, plan.Failed, number, 3);
        var planned = states.Select(state => failed && state == "delivered" ? "failed" : state);
        if (states.Count > 0 && Weather.Strikes(plan, plan.ReceiptReordered, number, 4))
        {
            planned = states.Count > 1 ? planned.Reverse() : planned.Append("sent");
        }
        return Weather.Strikes(plan, plan.ReceiptDuplicate, number, 5) ? planned.SelectMany(state => new[] { state, state }) : planned;
    }
}
