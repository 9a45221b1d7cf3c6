using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ums.Gateway.Tests;

/// <summary>The gateway as it stands on the wire: Kestrel on real ports, plain and with TLS, where HTTP/2 is spoken.</summary>
public sealed class WireFixture : GatewayFixture
{
    private readonly X509Certificate2 certificate = Certificate();

    public Uri Plain => Address("http");

    public Uri Secure => Address("https");

    /// <summary>A visitor who behaves.</summary>
    public HttpClient NewVisitor() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Plain, Timeout = TimeSpan.FromSeconds(30) };

    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Plain.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async Task<SslStream> ConnectWithHttp2Async()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Secure.Port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = [SslApplicationProtocol.Http2],
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck },
        });
        return stream;
    }

    /// <summary>Sends bytes as they are and reads until the server closes; null where it keeps the connection open.</summary>
    public async Task<string?> ExchangeAsync(string request, TimeSpan? patience = null)
    {
        await using var stream = await ConnectAsync();
        using var late = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(20));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), late.Token);
            int read;
            while ((read = await stream.ReadAsync(buffer, late.Token)) > 0)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (IOException)
        {
            // Closed with our bytes unread, which is a reset to us; what was said before counts.
        }
        return answer.ToString();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        certificate.Dispose();
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        // All come from one address here. What is attacked is limited as always; what the well-behaved ask for is not.
        settings["Gateway:CallsPerMinute"] = "10000000";
    }

    protected override void Listen(WebApplicationFactory<Program> host) => host.UseKestrel(kestrel =>
    {
        kestrel.Listen(IPAddress.Loopback, 0);
        kestrel.Listen(IPAddress.Loopback, 0, secure => secure.UseHttps(certificate));
    });

    private Uri Address(string scheme) => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => a.StartsWith(scheme + ":", StringComparison.Ordinal)));

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
