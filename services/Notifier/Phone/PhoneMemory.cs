using System.Text.Json;
using Npgsql;
using Ums.Notifier.Providers;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Phone;

/// <param name="Number">As a Swede writes it.</param>
/// <param name="Messages">Newest first.</param>
public sealed record Telephone(string Number, bool IsLandline, IReadOnlyList<PhoneMessage> Messages);

/// <summary>What a telephone received.</summary>
public sealed record PhoneMessage(Guid Id, string Phone, string Sender, string Channel, string Language, IReadOnlyList<PhonePhrase> Phrases, DateTimeOffset CreatedAt)
{
    public string Text => string.Join(' ', Phrases.Select(phrase => phrase.Text));
}

public sealed record PhonePhrase(string Text, int PauseMilliseconds, string? Language = null);

/// <summary>
/// The telephones' memory: in the database, so that every replica shows the same, and sealed, so that no PIN stands there in clear. A day long.
/// </summary>
internal sealed class PhoneMemory(NpgsqlDataSource source, PersonalData personal)
{
    /// <summary>Telephones belong to no organisation.</summary>
    private static readonly Guid Nobody = Guid.Empty;

    public async Task AddAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var content = new Content(message.Language, [.. message.Content.Select(phrase => new PhonePhrase(phrase.Text, (int)phrase.PauseAfter.TotalMilliseconds, phrase.Language))]);
        await using var command = source.CreateCommand("""
            with old as (delete from phone_messages where created_at < now() - interval '1 day')
            insert into phone_messages (id, phone_index, phone, sender, channel, content) values ($1, $2, $3, $4, $5, $6)
            """);
        command.Parameters.Add(new() { Value = message.AttemptId });
        command.Parameters.Add(new() { Value = personal.Index(Nobody, message.To) });
        command.Parameters.Add(new() { Value = personal.Seal(Nobody, message.To) });
        command.Parameters.Add(new() { Value = message.From });
        command.Parameters.Add(new() { Value = message.Channel == Providers.Channel.Sms ? "sms" : "voice" });
        command.Parameters.Add(new() { Value = personal.Seal(Nobody, JsonSerializer.Serialize(content)) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Newest first.</summary>
    /// <param name="phone">One phone, in E.164; null for all of them.</param>
    public Task<List<PhoneMessage>> ReadAsync(string? phone, int limit, CancellationToken cancellationToken) => phone is null
        ? QueryAsync("order by created_at desc, id desc limit $1", [limit], cancellationToken)
        : QueryAsync("where phone_index = $2 order by created_at desc, id desc limit $1", [limit, personal.Index(Nobody, phone)], cancellationToken);

    public async Task<PhoneMessage?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await QueryAsync("where id = $1", [id], cancellationToken)).SingleOrDefault();

    private async Task<List<PhoneMessage>> QueryAsync(string which, object[] values, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select id, phone, sender, channel, content, created_at from phone_messages {which}");
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        var messages = new List<PhoneMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var content = JsonSerializer.Deserialize<Content>(personal.Open(Nobody, reader.GetFieldValue<byte[]>(4)))!;
            messages.Add(new PhoneMessage(reader.GetGuid(0), personal.Open(Nobody, reader.GetFieldValue<byte[]>(1)), reader.GetString(2), reader.GetString(3),
                content.Language, content.Phrases, reader.GetFieldValue<DateTimeOffset>(5)));
        }
        return messages;
    }

    private sealed record Content(string Language, IReadOnlyList<PhonePhrase> Phrases);
}
