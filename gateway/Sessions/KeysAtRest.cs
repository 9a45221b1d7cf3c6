using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Gateway.Sessions;

/// <summary>The keys of cookies and forms lie in a folder that replicas share; who reads the folder must still not be able to make a cookie.</summary>
internal static class KeysAtRest
{
    public static void Seal(IServiceCollection services, IConfiguration configuration)
    {
        var key = configuration.Required("Gateway");
        services.AddSingleton(new Lock(key));
        services.Configure<KeyManagementOptions>(options => options.XmlEncryptor = new Sealing(key));
    }

    private static ReadOnlySpan<byte> Context => "Ums.Gateway.KeysAtRest"u8;

    private sealed class Sealing(byte[] key) : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
            new XElement("sealed", Convert.ToBase64String(SealedBox.Seal(key, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), Context))),
            typeof(Opening));
    }

    internal sealed record Lock(byte[] Key);

    /// <summary>Made by the framework, by the name that stands beside the sealed key.</summary>
    internal sealed class Opening(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(
            SealedBox.Open(services.GetRequiredService<Lock>().Key, Convert.FromBase64String(encryptedElement.Value), Context)));
    }
}
