namespace Ums.Identity.Askers;

/// <summary>Who asks, as far as it shows.</summary>
/// <param name="Browser">Hash of the browser's cookie.</param>
/// <param name="Network">See <see cref="ClientNetwork"/>.</param>
internal sealed record Asker(byte[] Browser, string Network);
