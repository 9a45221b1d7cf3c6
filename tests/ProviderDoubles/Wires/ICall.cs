namespace Ums.ProviderDoubles.Wires;

/// <summary>What a call can do to the world.</summary>
public interface ICall
{
    /// <summary>The key that whoever picked up presses when asked; null where nobody does.</summary>
    string? Presses { get; }

    /// <summary>Plays a sound file.</summary>
    /// <returns>False where there was none.</returns>
    Task<bool> PlayAsync(string address);

    /// <returns>What the address answered; null where it did not.</returns>
    Task<string?> PostAsync(string address, HttpContent content);
}
