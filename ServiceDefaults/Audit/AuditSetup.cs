using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Ums.ServiceDefaults.Tokens;

namespace Ums.ServiceDefaults.Audit;

public static class AuditSetup
{
    /// <summary>The tables are in every service's database already; a service that writes or reads them adds this. It needs <c>Keys:PersonalData</c>.</summary>
    public static IHostApplicationBuilder AddAudit(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<AuditChain>().AddSingleton<AuditTrail>().AddSingleton<VerifyAudit>();
        return builder;
    }

    /// <summary>The organisation's own search, for whoever may read its audit.</summary>
    /// <param name="path">Such as <c>/api/audit</c>; each service's is its own.</param>
    public static void MapAuditSearch(this IEndpointRouteBuilder routes, string path) =>
        routes.MapGet(path, SearchAudit.Handle).RequireScope(Scopes.AuditRead).WithTags("Audit").WithName(nameof(SearchAudit));
}
