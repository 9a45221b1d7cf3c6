using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Ums.Geocoding.Import;

internal static class GetRefusedRows
{
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Handle(Guid id, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await connection.ScalarAsync("select 1 from imports where id = $1", cancellationToken, id) is null)
        {
            return GetImport.Unknown();
        }
        return TypedResults.Stream(async body =>
        {
            await using var report = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            await RefusedRows.WriteAsync(database, id, report, cancellationToken);
        }, "text/csv; charset=utf-8", $"refused-{id}.csv");
    }
}
