using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import.Formats;

/// <summary>
/// A GeoPackage from a stranger. SQLite gets it read-only and unchanging, trusts nothing that its schema says, and reads plain tables only: a view or a virtual
/// table would run what the file's maker wrote.
/// </summary>
internal sealed class GeoPackage : IDisposable
{
    private const int LongestValue = 8 * 1024 * 1024;

    private readonly SqliteConnection connection;
    private readonly string name;

    private GeoPackage(SqliteConnection connection, string name) => (this.connection, this.name) = (connection, name);

    /// <param name="Columns">Plain ones; what is computed is not among them.</param>
    /// <param name="System">The EPSG number for geometries that name none.</param>
    public sealed record Layer(string Table, string Geometry, int System, IReadOnlySet<string> Columns);

    public static GeoPackage Open(string path, string name)
    {
        var beginning = new byte[16];
        using (var file = File.OpenRead(path))
        {
            if (file.ReadAtLeast(beginning, 16, throwOnEndOfStream: false) < 16 || !beginning.AsSpan().SequenceEqual("SQLite format 3\0"u8))
            {
                throw new ImportException($"{name} is no GeoPackage.");
            }
        }
        var connection = new SqliteConnection($"Data Source=\"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1\";Mode=ReadOnly;Pooling=False");
        var package = new GeoPackage(connection, name);
        try
        {
            connection.Open();
            raw.sqlite3_db_config(connection.Handle!, raw.SQLITE_DBCONFIG_DEFENSIVE, 1, out _);
            raw.sqlite3_limit(connection.Handle!, raw.SQLITE_LIMIT_LENGTH, LongestValue);
            package.Query("pragma trusted_schema = off; pragma cell_size_check = on; pragma query_only = on; pragma mmap_size = 0; pragma cache_size = -8000", _ => 0);
            return package;
        }
        catch (SqliteException e)
        {
            package.Dispose();
            throw package.Damaged(e);
        }
    }

    /// <summary>The layer of points that has these columns.</summary>
    public Layer LayerWith(string[] needed)
    {
        RequireTable("gpkg_contents");
        RequireTable("gpkg_geometry_columns");
        var layers = Query(
            "select c.table_name, g.column_name, g.srs_id from gpkg_contents c join gpkg_geometry_columns g using (table_name) where c.data_type = 'features' limit 100",
            row => (Table: Text(row, 0) ?? "", Geometry: Text(row, 1) ?? "", System: row.GetValue(2) is long system ? (int)system : 0));
        var missing = "";
        foreach (var (table, geometry, system) in layers)
        {
            RequireTable(table);
            // table_info leaves out the columns that are computed.
            var columns = Query("select name from pragma_table_info($1)", row => Text(row, 0) ?? "", table).ToHashSet(StringComparer.Ordinal);
            var lacking = needed.Append(geometry).Where(column => !columns.Contains(column)).ToList();
            if (lacking.Count == 0)
            {
                return new Layer(table, geometry, system, columns);
            }
            missing = $" Its layer lacks {string.Join(", ", lacking)}.";
        }
        throw new ImportException($"{name} has no layer of Belägenhetsadress.{missing}");
    }

    public long LastRow(Layer layer) => Query($"select max(rowid) from {Quoted(layer.Table)}", row => row.GetValue(0) is long last ? last : 0).FirstOrDefault();

    /// <summary>Rows behind one, each with its number first. A column that the layer lacks is null.</summary>
    public SqliteDataReader Read(Layer layer, string[] columns, long after)
    {
        var selected = string.Join(", ", columns.Select(column => layer.Columns.Contains(column) ? Quoted(column) : "null"));
        var command = connection.CreateCommand();
        command.CommandText = $"select rowid, {selected} from {Quoted(layer.Table)} where rowid > $1 order by rowid";
        command.Parameters.AddWithValue("$1", after);
        return Guarded(command.ExecuteReader);
    }

    public bool Next(SqliteDataReader rows) => Guarded(rows.Read);

    /// <summary>A value as text, whatever SQLite holds it as; null where there is nothing in it.</summary>
    public static string? Text(SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        string text when text.Trim() is { Length: > 0 } trimmed => trimmed,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    public void Dispose() => connection.Dispose();

    private void RequireTable(string table)
    {
        var plain = Query("select sql from sqlite_schema where type = 'table' and name = $1", row => Text(row, 0) ?? "", table)
            .Any(sql => sql.StartsWith("create table", StringComparison.OrdinalIgnoreCase));
        if (!plain)
        {
            throw new ImportException($"{name} is no GeoPackage: {table} is not a plain table of it.");
        }
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params string[] values) => Guarded(() =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (place, value) in values.Index())
        {
            command.Parameters.AddWithValue($"${place + 1}", value);
        }
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
        {
            found.Add(read(rows));
        }
        return found;
    });

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw Damaged(e);
        }
    }

    private ImportException Damaged(SqliteException e) => new($"{name} is damaged or no GeoPackage: {e.Message}", e);

    private static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
