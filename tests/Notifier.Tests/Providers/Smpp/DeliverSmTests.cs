using System.Text;
using CsCheck;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Smpp;

namespace Ums.Notifier.Tests.Providers.Smpp;

/// <summary>Receipts as carriers really write them.</summary>
public class DeliverSmTests
{
    [Theory]
    [InlineData("id:0123456789 sub:001 dlvrd:001 submit date:2605041337 done date:2605041338 stat:DELIVRD err:000 Text:Hej", "123456789", "Delivered", null)]
    [InlineData("id:ABCDEF sub:001 dlvrd:000 submit date:260504133701 done date:260504133801 stat:UNDELIV err:21B text:", "abcdef", "Failed", "not-delivered")]
    [InlineData("ID: abc-1 STAT: delivered", "abc-1", "Delivered", null)]
    [InlineData("id:77 stat:EXPIRED", "77", "Failed", "expired")]
    [InlineData("id:77 stat:REJECTD", "77", "Failed", "refused")]
    [InlineData("id:77 stat:DELETED", "77", "Failed", "not-delivered")]
    [InlineData("id:77 stat:ACCEPTD", "77", "Sent", null)]
    [InlineData("id:77 stat:ENROUTE", "77", "Sent", null)]
    [InlineData("id=77 status=DELIVRD", "77", "Delivered", null)]
    [InlineData("stat:DELIVRD id:77", "77", "Delivered", null)]
    [InlineData("id:77 stat:DELIVRD text:stat:UNDELIV id:88", "77", "Delivered", null)]
    public void a_text_is_understood(string text, string reference, string kind, string? reason) =>
        Assert.Equal((reference, new Receipt(Enum.Parse<ReceiptKind>(kind), reason)), DeliverSm.Read(Body(text), ReceiptId.Same));

    [Theory]
    [InlineData("")]
    [InlineData("id:77")]
    [InlineData("stat:DELIVRD")]
    [InlineData("id: stat:DELIVRD")]
    [InlineData("id:77 stat:UNKNOWN")]
    [InlineData("id:77 stat:")]
    [InlineData("Tack, men sluta skicka")]
    public void a_text_that_says_nothing_is_no_receipt(string text) => Assert.Null(DeliverSm.Read(Body(text), ReceiptId.Same));

    [Theory]
    [InlineData(1, "Sent", null)]
    [InlineData(2, "Delivered", null)]
    [InlineData(3, "Failed", "expired")]
    [InlineData(4, "Failed", "not-delivered")]
    [InlineData(5, "Failed", "not-delivered")]
    [InlineData(8, "Failed", "refused")]
    public void optional_fields_alone_are_enough_and_win_over_the_text(byte state, string kind, string? reason)
    {
        var expected = ("a1", new Receipt(Enum.Parse<ReceiptKind>(kind), reason));

        Assert.Equal(expected, DeliverSm.Read(Body("", id: "00A1", state: state), ReceiptId.Same));
        Assert.Equal(expected, DeliverSm.Read(Body("id:99 stat:ENROUTE", id: "00A1", state: state), ReceiptId.Same));
    }

    [Fact]
    public void a_state_that_says_nothing_leaves_it_to_the_text() =>
        Assert.Equal(("99", new Receipt(ReceiptKind.Delivered)), DeliverSm.Read(Body("id:99 stat:DELIVRD", state: 7), ReceiptId.Same));

    [Fact]
    public void what_somebody_writes_back_is_no_receipt() => Assert.Null(DeliverSm.Read(Body("id:77 stat:DELIVRD", type: 0), ReceiptId.Same));

    [Theory]
    [InlineData("00A0000001", "Decimal", "2684354561")]
    [InlineData("2684354561", "Hexadecimal", "A0000001")]
    [InlineData("0012", "Same", "12")]
    [InlineData("abC", "Same", "ABc")]
    [InlineData("0", "Same", "000")]
    public void an_id_is_known_again_however_the_carrier_writes_it(string answered, string written, string received) =>
        Assert.Equal(DeliverSm.Reference(answered), DeliverSm.Reference(received, Enum.Parse<ReceiptId>(written)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a b")]
    [InlineData("a\u0001")]
    public void what_is_no_id_is_none(string id) => Assert.Null(DeliverSm.Reference(id));

    [Fact]
    public void no_body_however_broken_does_more_than_say_nothing()
    {
        var whole = Body("id:77 stat:DELIVRD", id: "77", state: 2);
        for (var length = 0; length < whole.Length; length++)
        {
            DeliverSm.Read(whole[..length], ReceiptId.Same);
        }
        Gen.Byte.Array[0, 200].Sample(body => { DeliverSm.Read(body, ReceiptId.Decimal); }, iter: 20_000);
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("0000000f")]
    [InlineData("7fffffff")]
    [InlineData("ffffffff")]
    public async Task a_length_that_cannot_be_ends_the_connection(string length)
    {
        using var stream = new MemoryStream([.. Convert.FromHexString(length), .. new byte[12]]);

        await Assert.ThrowsAsync<InvalidDataException>(() => Pdu.ReadAsync(stream, default));
    }

    private static byte[] Body(string text, string? id = null, byte? state = null, byte type = 4)
    {
        var body = new PduBody().Text("").Octets(1, 1).Text("46701740605").Octets(5, 0).Text("UMS").Octets(type, 0, 0).Text("").Text("").Octets(0, 0, 0, 0)
            .Octets((byte)text.Length).Octets(Encoding.Latin1.GetBytes(text));
        if (id is not null)
        {
            body.Optional(0x001E, [.. Encoding.ASCII.GetBytes(id), 0]);
        }
        return (state is { } known ? body.Optional(0x0427, [known]) : body).ToBytes();
    }
}
