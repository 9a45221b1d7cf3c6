namespace Ums.Contacts.Audiences;

/// <summary>A number of an uploaded list.</summary>
/// <param name="Index">The number's blind index.</param>
internal sealed record ListedPhone(byte[] Index, string Number, bool IsMobile);
