using Npgsql;

namespace Ums.ServiceDefaults.Audit;

internal static class AuditRows
{
    /// <summary>The ten columns from organisation_id to reason, in the table's order.</summary>
    public static AuditRow Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2),
        new AuditRecord(reader.GetString(3), reader.GetString(4), reader.GetString(5))
        {
            PersonId = reader.IsDBNull(6) ? null : reader.GetGuid(6),
            Target = Text(reader, 7),
            Detail = Text(reader, 8),
            Reason = Text(reader, 9),
        });

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
