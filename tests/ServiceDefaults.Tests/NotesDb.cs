using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Tests;

internal sealed class Note
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OrganisationId { get; init; }

    public required string Text { get; set; }
}

internal sealed class NotesDb(DbContextOptions<NotesDb> options) : UmsDbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Note>().HasQueryFilter(note => note.OrganisationId == Organisation || Everywhere);
    }
}
