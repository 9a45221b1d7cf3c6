using Microsoft.AspNetCore;
using OpenIddict.Server;
using Ums.Identity.Pins;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Ums.Identity.Tokens;

/// <summary>
/// Takes the PIN out of the token request as soon as OpenIddict has read it: OpenIddict writes requests to its log, and knows only its own secrets.
/// </summary>
internal sealed class HiddenPin : IOpenIddictServerHandler<ExtractTokenRequestContext>
{
    private const string Parameter = "pin";
    private static readonly object Key = new();

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractTokenRequestContext>()
        .UseSingletonHandler<HiddenPin>()
        .SetOrder(int.MaxValue - 1)
        .Build();

    public ValueTask HandleAsync(ExtractTokenRequestContext context)
    {
        if (context.Request?.HasParameter(Parameter) is true && context.Transaction.GetHttpRequest() is { } http)
        {
            http.HttpContext.Items[Key] = Pin.Read((string?)context.Request[Parameter]);
            context.Request.RemoveParameter(Parameter);
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>The PIN of this request; null where none, or none of six or eight digits, came.</summary>
    public static Pin? Of(HttpContext http) => http.Items[Key] as Pin;
}
