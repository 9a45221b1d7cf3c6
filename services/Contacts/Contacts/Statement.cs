using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Ums.Contacts.Contacts;

/// <summary>SQL that the entity model is no help with, in the transaction that is open.</summary>
internal static class Statement
{
    /// <param name="values">$1, $2 …; none where the statement's parameters have names.</param>
    public static NpgsqlCommand Of(ContactsDb db, string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
        return command;
    }
}
