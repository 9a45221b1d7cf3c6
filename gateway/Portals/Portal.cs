using System.Security.Claims;
using Ums.Gateway.Clients;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Portals;

/// <summary>The organisation whose portal this request is in.</summary>
internal sealed class Portal(Organisations organisations, IHttpContextAccessor current)
{
    private Organisation? found;

    /// <summary>Set by the page that opens a portal.</summary>
    public void Open(Organisation organisation)
    {
        found = organisation;
        PortalCookie.Write(current.HttpContext!, organisation.Slug);
    }

    /// <summary>Of the session where there is one, else the one last opened here. Null where none is known.</summary>
    public async Task<Organisation?> FindAsync()
    {
        var http = current.HttpContext!;
        var slug = http.User.FindFirstValue(Claims.OrganisationSlug) ?? PortalCookie.Read(http);
        return found ??= slug is null ? null : await organisations.FindAsync(slug, http.RequestAborted);
    }

    /// <summary>For the frame of a page, which must be drawn also when nothing answers.</summary>
    public async Task<Organisation?> FindForFrameAsync()
    {
        try
        {
            return await FindAsync();
        }
        catch (ServiceAwayException)
        {
            return null;
        }
    }
}

internal static class PortalsFeature
{
    public static IHostApplicationBuilder AddPortals(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Organisations>();
        builder.Services.AddSingleton<AlertCategories>();
        builder.Services.AddSingleton<ShownDisturbances>();
        builder.Services.AddScoped<Portal>();
        return builder;
    }
}
