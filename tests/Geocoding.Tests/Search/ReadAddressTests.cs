using CsCheck;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class ReadAddressTests
{
    private static readonly Known Names = new();

    private sealed class Known : IKnownNames
    {
        public bool IsPlace(string plain) => plain is "stockholm" or "pitea" or "arnemark" or "vastrafrolunda" or "stigen" or "vaga" or "oslo";

        public bool IsStreet(string plain) => plain is "storgatan" or "gamlastigen";
    }

    [Theory]
    [InlineData("Storgatan 12 B, 113 56 Stockholm", "Storgatan|12|b|11356|Stockholm")]
    [InlineData("storgatan12b,11356stockholm", "storgatan|12|b|11356|stockholm")]
    [InlineData("Storgatan 12 Stockholm", "Storgatan|12|||Stockholm")]
    [InlineData("Storgatan Västra Frölunda", "Storgatan||||Västra Frölunda")]
    [InlineData("Storgatan 12-14", "Storgatan|12|||")]
    [InlineData("Storgatan nr 12", "Storgatan|12|||")]
    [InlineData("Storgatan Nr12", "Storgatan|12|||")]
    [InlineData("Storgatan # 12", "Storgatan|12|||")]
    [InlineData("Storgatan 12., Stockholm", "Storgatan|12|||Stockholm")]
    [InlineData("12 B Storgatan", "Storgatan|12|b||")]
    [InlineData("12B, Storgatan, Stockholm", "Storgatan|12|b||Stockholm")]
    [InlineData("1:a Villagatan 7", "1:a Villagatan|7|||")]
    [InlineData("Storgatan 12 lgh 1203", "Storgatan|12|||")]
    [InlineData("Storgatan 12, 3 tr", "Storgatan|12|||")]
    [InlineData("c/o Karlsson, Storgatan 12", "Storgatan|12|||")]
    [InlineData("Storgatan 12 SE-113 56 Stockholm Sverige", "Storgatan|12||11356|Stockholm")]
    [InlineData("Storg. 12", "Storg.|12|||")]
    [InlineData("Norrgården Arnemark", "Norrgården||||Arnemark")]
    [InlineData("Gamla stigen", "Gamla stigen||||")]
    [InlineData("Gamla stigen Stigen", "Gamla stigen||||Stigen")]
    [InlineData("113 56 Stockholm, Storgatan 12B", "Storgatan|12|b|11356|Stockholm")]
    [InlineData("Stockholm, Storgatan 12", "Storgatan|12|||Stockholm")]
    [InlineData("Villa Solbacken, Storgatan 12, Stockholm", "Villa Solbacken Storgatan|12|||Stockholm")]
    [InlineData("Storgatan 12:B, Stockholm", "Storgatan|12|b||Stockholm")]
    [InlineData("Storgatan 12-B Stockholm", "Storgatan|12|b||Stockholm")]
    [InlineData("Storgata 12, 0155 Oslo", "Storgata|12||0155|Oslo")]
    [InlineData("Storgata 12 0155 Oslo", "Storgata|12||0155|Oslo")]
    [InlineData("NO-0155 Oslo, Storgata 12", "Storgata|12||0155|Oslo")]
    [InlineData("2684 vågå, kjøpmannsveien 17", "kjøpmannsveien|17||2684|vågå")]
    [InlineData("Byvägen 1243", "Byvägen|1243|||")]
    [InlineData("Stockholm", "Stockholm||||")]
    [InlineData("12", "12||||")]
    [InlineData("", "||||")]
    public void One_field_comes_apart(string street, string expected) => Assert.Equal(expected, Read(street));

    [Theory]
    [InlineData("Storgatan", "12 B", "113 56", "Stockholm", "Storgatan|12|b|11356|Stockholm")]
    [InlineData("Storgatan", "012", "11356", "", "Storgatan|12||11356|")]
    [InlineData("Storgatan 12", "12", "11356", "", "Storgatan|12||11356|")]
    [InlineData("Storgatan 12", "B", "11356", "", "Storgatan|12|b|11356|")]
    [InlineData("Storgatan", "12", "113 56 Stockholm", "", "Storgatan|12||11356|Stockholm")]
    [InlineData("Storgatan", "12", "", "113 56 Stockholm", "Storgatan|12||11356|Stockholm")]
    [InlineData("Storgatan", "12", "1135", "Stockholm", "Storgatan|12||1135|Stockholm")]
    [InlineData("Storgatan", "12:B", "11356", "", "Storgatan|12|b|11356|")]
    [InlineData("Storgatan 12 ٣", "12٣", "11 35", "", "Storgatan 12 ٣|12||1135|")]
    [InlineData("Storgatan", "nr12", "11356", "", "Storgatan|12||11356|")]
    [InlineData("Storgatan", "4.", "11356", "", "Storgatan|4||11356|")]
    [InlineData("Storgatan 12 b", "12B", "11356", "", "Storgatan|12|b|11356|")]
    [InlineData("Storgatan 14", "12", "11356", "", "Storgatan 14|12||11356|")]
    [InlineData("Storgata", "12", "0155 Oslo", "", "Storgata|12||0155|Oslo")]
    [InlineData("Loinge, Torphagen", "", "98292", "Gällivare", "Loinge Torphagen|||98292|Gällivare")]
    [InlineData("Storgatan", "0", "", "", "Storgatan||||")]
    public void Each_thing_is_found_in_the_wrong_field_too(string street, string number, string postcode, string place, string expected) =>
        Assert.Equal(expected, Read(street, number, postcode, place));

    [Fact]
    public void Anything_can_be_read() =>
        Gen.Select(Gen.String[0, 200], Gen.String[0, 20], Gen.String[0, 20], Gen.String[0, 100])
            .Sample((street, number, postcode, place) => Read(street, number, postcode, place).Length >= 4);

    [Fact]
    public void Digits_letters_and_marks_in_any_order_can_be_read_at_once() =>
        Gen.String[Gen.Char["0123456789 ,-.:/abåcozLGHtrse"], 0, 200].Sample(street => Read(street, street[..Math.Min(20, street.Length)]).Length >= 4);

    private static string Read(string street, string number = "", string postcode = "", string place = "")
    {
        var query = ReadAddress.Read(new AddressFields { Street = street, Number = number, Postcode = postcode, Place = place }, Names);
        return $"{query.Street}|{query.Number}|{query.Letter}|{query.Postcode}|{query.Place}";
    }
}
