using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Ums.ServiceDefaults.Database;

internal static class DatabaseFaults
{
    /// <summary>True for faults of the database's whereabouts, not of the work: it is away, restarting, or gave up a transaction for another's sake.</summary>
    public static bool ArePassing(Exception fault) =>
        fault is NpgsqlException { IsTransient: true } or RetryLimitExceededException || (fault.InnerException is { } inner && ArePassing(inner));
}
