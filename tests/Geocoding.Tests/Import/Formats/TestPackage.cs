using Microsoft.Data.Sqlite;

namespace Ums.Geocoding.Tests.Import.Formats;

/// <summary>GeoPackages as Lantmäteriet delivers them, as far as an import looks.</summary>
internal static class TestPackage
{
    private const string Schema = """
        create table gpkg_contents (table_name text primary key, data_type text, srs_id integer);
        create table gpkg_geometry_columns (table_name text, column_name text, srs_id integer);
        create table belagenhetsadress (
            fid integer primary key, objektidentitet text, adressplatstyp text, adressomrade_faststalltnamn text, gardsadressomrade_faststalltnamn text,
            adressplatsnummer text, bokstavstillagg text, avvikandeadressplatsbeteckning text, postnummer integer, postort text, kommunkod text, lanskod text,
            statusforbelagenhetsadress text, adressplatspunkt blob);
        insert into gpkg_contents values ('belagenhetsadress', 'features', 3006);
        insert into gpkg_geometry_columns values ('belagenhetsadress', 'adressplatspunkt', 3006);
        """;

    public sealed record Row(
        string Id, string Street = "Provgatan", string? Farm = null, string? Number = "1", string? Letter = null, long Postcode = 11829, string Place = "STOCKHOLM",
        string Municipality = "0180", string Status = "Gällande", byte[]? Geometry = null);

    public static byte[] Make(params Row[] rows) => Spoilt("", rows);

    /// <param name="then">SQL that spoils it.</param>
    public static byte[] Spoilt(string then, params Row[] rows) => Database(Schema, connection =>
    {
        using var transaction = connection.BeginTransaction();
        foreach (var row in rows)
        {
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = """
                insert into belagenhetsadress (objektidentitet, adressomrade_faststalltnamn, gardsadressomrade_faststalltnamn, adressplatsnummer, bokstavstillagg, postnummer,
                    postort, kommunkod, statusforbelagenhetsadress, adressplatspunkt) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """;
            object?[] values = [row.Id, row.Street, row.Farm, row.Number, row.Letter, row.Postcode, row.Place, row.Municipality, row.Status, row.Geometry ?? Point(674032, 6580822)];
            foreach (var (index, value) in values.Index())
            {
                insert.Parameters.AddWithValue($"${index + 1}", value ?? DBNull.Value);
            }
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
        if (then.Length > 0)
        {
            Execute(connection, then);
        }
    });

    public static byte[] Database(string sql, Action<SqliteConnection>? fill = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gpkg");
        try
        {
            using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                SQLitePCL.raw.sqlite3_db_config(connection.Handle!, SQLitePCL.raw.SQLITE_DBCONFIG_DEFENSIVE, 0, out _);
                Execute(connection, sql);
                fill?.Invoke(connection);
            }
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static byte[] Point(double x, double y, int system = 3006) => [(byte)'G', (byte)'P', 0, 1, .. BitConverter.GetBytes(system), .. Binary(x, y)];

    public static byte[] MultiPoint(double x, double y) =>
        [(byte)'G', (byte)'P', 0, 1, .. BitConverter.GetBytes(3006), 1, .. BitConverter.GetBytes(4), .. BitConverter.GetBytes(1), .. Binary(x, y)];

    private static byte[] Binary(double x, double y) => [1, .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(x), .. BitConverter.GetBytes(y)];

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
