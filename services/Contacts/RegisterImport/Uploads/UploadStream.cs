using Npgsql;
using Ums.ServiceDefaults.Files;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>An upload's bytes as they came, opened part by part from the database: any replica can read it, and it never stands on a disk in clear.</summary>
internal sealed class UploadStream(NpgsqlDataSource database, PersonalData personal, UploadTurn turn) : ReadOnlyStream
{
    private byte[] part = [];
    private int used, number;

    /// <summary>How many bytes have been read.</summary>
    public long Taken { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        if (used == part.Length)
        {
            (part, used) = (Next(), 0);
        }
        var length = Math.Min(buffer.Length, part.Length - used);
        part.AsSpan(used, length).CopyTo(buffer);
        (used, Taken) = (used + length, Taken + length);
        return length;
    }

    /// <summary>What the last four bytes say: what a gzip file unpacks to, up to 4 GiB.</summary>
    public uint Trailer()
    {
        var last = (int)((turn.Bytes - 1) / ReceiveUpload.PartBytes);
        byte[] end = [.. last > 0 ? Fetch(last - 1) : [], .. Fetch(last)];
        return end.Length < 4 ? 0 : BitConverter.ToUInt32(end.AsSpan(end.Length - 4));
    }

    private byte[] Next() => number * (long)ReceiveUpload.PartBytes >= turn.Bytes ? [] : Fetch(number++);

    private byte[] Fetch(int which)
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using (var tenant = new NpgsqlCommand("select set_config('ums.organisation', $1, true)", connection, transaction))
        {
            tenant.Parameters.Add(new() { Value = turn.OrganisationId.ToString() });
            tenant.ExecuteNonQuery();
        }
        using var command = new NpgsqlCommand("select sealed from register_upload_parts where upload_id = $1 and number = $2", connection, transaction);
        command.Parameters.Add(new() { Value = turn.Id });
        command.Parameters.Add(new() { Value = which });
        return command.ExecuteScalar() is byte[] box ? personal.OpenBytes(turn.OrganisationId, box) : throw new LeaseLostException();
    }
}
