using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Ums.ProviderDoubles.Faults;
using Ums.ProviderDoubles.Ledger;

namespace Ums.ProviderDoubles.Smpp;

/// <summary>One client of the message centre.</summary>
internal sealed partial class SmppPeer(SmppDouble centre, TcpClient client) : IDisposable
{
    private readonly SemaphoreSlim writing = new(1);
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<uint>> awaited = new();
    private readonly Dictionary<(string To, int Reference), string[]> pieces = [];
    private uint sequence;
    private int waiting;

    public bool IsBound { get; private set; }

    public async Task ServeAsync()
    {
        try
        {
            while (await Unit.ReadAsync(client.GetStream()) is { } unit)
            {
                await TakeAsync(unit);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has gone, as clients do.
        }
        finally
        {
            Dispose();
        }
    }

    public async Task<uint> ReportAsync(string id, string state)
    {
        var (word, number) = state switch { "delivered" => ("DELIVRD", 2), "failed" => ("UNDELIV", 5), _ => ("ENROUTE", 1) };
        var text = centre.Wording(id, word);
        byte[] body =
        [
            0, 1, 1, .. "46701740605"u8, 0, 5, 0, .. "UMS"u8, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(text?.Length ?? 0), .. Encoding.ASCII.GetBytes(text ?? ""),
            .. text is null ? (byte[])[0x00, 0x1E, 0, (byte)(id.Length + 1), .. Encoding.ASCII.GetBytes(id), 0, 0x04, 0x27, 0, 1, (byte)number] : [],
        ];
        return await AskAsync(5, body);
    }

    public Task UnbindAsync() => AskAsync(6, []);

    public void Dispose()
    {
        IsBound = false;
        client.Dispose();
        foreach (var answer in awaited.Values)
        {
            answer.TrySetResult(uint.MaxValue);
        }
    }

    private async Task<uint> AskAsync(uint command, byte[] body)
    {
        var number = Interlocked.Increment(ref sequence);
        var answer = awaited[number] = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        await WriteAsync(new Unit(command, 0, number, body).ToBytes());
        return await answer.Task;
    }

    private async Task TakeAsync(Unit unit)
    {
        switch (unit.Command)
        {
            case 9:
                centre.Heard.Enqueue(unit);
                await BindAsync(unit);
                break;
            case 4:
                centre.MostAtOnce = Math.Max(centre.MostAtOnce, Interlocked.Increment(ref waiting));
                _ = SubmitAsync(unit);
                break;
            case 6:
                IsBound = false;
                centre.Heard.Enqueue(unit);
                await AnswerAsync(unit, 0);
                break;
            case 0x15:
                centre.Heard.Enqueue(unit);
                if (centre.Weather.Plan.SilentBefore < 1)
                {
                    await AnswerAsync(unit, 0);
                }
                break;
            default:
                centre.Heard.Enqueue(unit);
                if (awaited.TryRemove(unit.Sequence, out var answer))
                {
                    answer.TrySetResult(unit.Status);
                }
                break;
        }
    }

    private Task BindAsync(Unit unit)
    {
        var at = 0;
        IsBound = unit.Text(ref at) == SmppDouble.SystemId && unit.Text(ref at) == SmppDouble.Password;
        return AnswerAsync(unit, IsBound ? 0u : 0x0Eu, [.. "centre"u8, 0]);
    }

    private async Task SubmitAsync(Unit unit)
    {
        try
        {
            var fault = centre.Weather.ForRequest();
            switch (fault)
            {
                case Fault.SilentBefore:
                    return;
                case Fault.TooMany or Fault.Unavailable:
                    await AnswerAsync(unit, fault == Fault.TooMany ? 0x58u : 0x08u, [0]);
                    return;
                case Fault.Status:
                    await AnswerAsync(unit, (uint)centre.Weather.Status, [0]);
                    return;
            }
            if (!IsBound || Submitted.Read(unit) is not { } submitted || !PhonePattern().IsMatch(submitted.To) || submitted.From.Length == 0)
            {
                await AnswerAsync(unit, IsBound ? 0x0Bu : 0x04u, [0]);
                return;
            }
            await Task.Delay(centre.Weather.Plan.LatencyMilliseconds);
            var id = Take(submitted, out var entry);
            await AnswerTakenAsync(unit, id, fault);
            if (entry is not null && submitted.WantsReceipt)
            {
                await centre.ReportAllAsync(entry);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The client has gone, and what it was owed with it.
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>A message stands in the ledger once its last part has come.</summary>
    private string Take(Submitted submitted, out LedgerEntry? entry)
    {
        entry = null;
        lock (pieces)
        {
            var whole = pieces.TryGetValue((submitted.To, submitted.Reference), out var known) && submitted.Part > 0 ? known : new string[submitted.Parts];
            whole[Math.Max(submitted.Part - 1, 0)] = submitted.Text;
            if (whole.Any(piece => piece is null))
            {
                pieces[(submitted.To, submitted.Reference)] = whole;
                return Guid.NewGuid().ToString("n")[..10];
            }
            pieces.Remove((submitted.To, submitted.Reference));
            var number = centre.Ledger.NextNumber();
            var id = (0xA0000000 + number).ToString("X10", CultureInfo.InvariantCulture);
            entry = new LedgerEntry(number, id, "sms", submitted.To, submitted.From, string.Concat(whole), "", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            centre.Ledger.Add(entry);
            return id;
        }
    }

    private Task AnswerTakenAsync(Unit unit, string id, Fault fault)
    {
        switch (fault)
        {
            case Fault.SilentAfter:
                return Task.CompletedTask;
            case Fault.ErrorAfter or Fault.CutOff or Fault.CutWithin:
                Dispose();
                return Task.CompletedTask;
            case Fault.Garbled:
                return WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
            default:
                return AnswerAsync(unit, 0, [.. Encoding.ASCII.GetBytes(id), 0]);
        }
    }

    private Task AnswerAsync(Unit unit, uint status, byte[]? body = null) => WriteAsync(new Unit(unit.Command | Unit.Answer, status, unit.Sequence, body ?? []).ToBytes());

    private async Task WriteAsync(byte[] bytes)
    {
        await writing.WaitAsync();
        try
        {
            await client.GetStream().WriteAsync(bytes);
        }
        finally
        {
            writing.Release();
        }
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex PhonePattern();
}
