using Ums.Gateway.Clients;

namespace Ums.Gateway.Portals;

/// <summary>What an organisation's alerts can be about, in the order and the words of its own settings.</summary>
internal sealed class AlertCategories(Organisations organisations)
{
    private static readonly string[] Usual = ["Vatten", "Värme", "El", "Avfall", "Annat"];

    /// <summary>The words that every organisation begins with, for those that all of its readers know in their own language.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Vatten"] = "water", ["Vatten och avlopp"] = "water", ["Värme"] = "heat", ["Fjärrvärme"] = "heat", ["El"] = "power", ["Avfall"] = "waste", ["Renhållning"] = "waste",
        ["Annat"] = "other", ["Övrigt"] = "other",
    };

    /// <param name="slug">The organisation's.</param>
    /// <param name="chosen">What the alert is about already; it stays to be chosen, whatever the settings say now.</param>
    /// <returns>What an alert is told, and the organisation's word for it; null where it has none any more.</returns>
    public async Task<IReadOnlyList<(string Value, string? Label)>> ChoicesAsync(string slug, string? chosen, CancellationToken cancellationToken)
    {
        var own = await OwnAsync(slug, cancellationToken);
        var choices = own.Select(name => (Value: Known.GetValueOrDefault(name, name), Label: (string?)name)).DistinctBy(choice => choice.Value).ToList();
        if (!string.IsNullOrWhiteSpace(chosen) && choices.TrueForAll(choice => choice.Value != chosen))
        {
            choices.Add((chosen, null));
        }
        return choices;
    }

    /// <summary>While Identity is away nobody is kept from writing: then it is the words that all begin with.</summary>
    private async Task<string[]> OwnAsync(string slug, CancellationToken cancellationToken)
    {
        try
        {
            return (await organisations.FindAsync(slug, cancellationToken))?.Categories is { Length: > 0 } own ? own : Usual;
        }
        catch (ServiceAwayException)
        {
            return Usual;
        }
    }
}
