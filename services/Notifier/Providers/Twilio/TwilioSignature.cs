using System.Security.Cryptography;
using System.Text;

namespace Ums.Notifier.Providers.Twilio;

/// <summary>
/// X-Twilio-Signature: HMAC-SHA1, keyed with the account's token, of the address and of each field's name and value in the order of the names. Whether the address
/// names a standard port depends on who asks, so both ways count.
/// </summary>
internal static class TwilioSignature
{
    public static bool IsGenuine(string token, Uri address, IFormCollection form, string signature)
    {
        var given = Encoding.ASCII.GetBytes(signature);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(token, address.AbsoluteUri, form)), given)
            | CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(token, WithPort(address), form)), given);
    }

#pragma warning disable CA5350 // Twilio's choice; an HMAC does not need what SHA-1 has lost.
    public static string Of(string token, string address, IFormCollection form)
    {
        var text = new StringBuilder(address);
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (var value in values.Distinct().Order(StringComparer.Ordinal))
            {
                text.Append(name).Append(value);
            }
        }
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text.ToString())));
    }
#pragma warning restore CA5350

    private static string WithPort(Uri address) => $"{address.Scheme}://{address.Host}:{address.Port}{address.PathAndQuery}";
}
