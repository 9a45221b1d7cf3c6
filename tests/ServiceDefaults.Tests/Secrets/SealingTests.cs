using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Ums.ServiceDefaults.Secrets;

namespace Ums.ServiceDefaults.Tests.Secrets;

public sealed class SealingTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void what_was_sealed_opens_with_its_key_and_context() => Gen.Byte.Array[0, 300].Sample(plain =>
        SealedBox.Open(Key, SealedBox.Seal(Key, plain, "context"u8), "context"u8).AsSpan().SequenceEqual(plain), iter: 2000);

    [Fact]
    public void a_change_of_any_bit_is_noticed()
    {
        var box = SealedBox.Seal(Key, "482913"u8, "context"u8);
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            var altered = (byte[])box.Clone();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(Key, altered, "context"u8));
        }
    }

    /// <summary>Ciphers are lent out: never to two at once, and not again after a fault.</summary>
    [Fact]
    public void many_at_once_seal_and_open_each_their_own()
    {
        var personal = new PersonalData(new ConfigurationBuilder().AddInMemoryCollection([new("Keys:PersonalData", Convert.ToBase64String(Key))]).Build());
        var organisations = Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).ToArray();
        Parallel.For(0, 3000, n =>
        {
            var (mine, another) = (organisations[n % 3], organisations[(n + 1) % 3]);
            var box = personal.Seal(mine, $"{n}");
            Assert.ThrowsAny<CryptographicException>(() => personal.Open(another, box));
            Assert.Equal($"{n}", personal.Open(mine, box));
        });
    }

    /// <summary>A nonce that comes twice under one key gives both texts away. They are drawn many at a time, by each thread for itself.</summary>
    [Fact]
    public void no_nonce_is_given_out_twice()
    {
        var nonces = new ConcurrentBag<string>();
        Parallel.For(0, 20_000, _ => nonces.Add(Convert.ToHexString(SealedBox.Seal(Key, "482913"u8, "context"u8).AsSpan(1, 12))));
        Assert.Equal(20_000, nonces.Distinct().Count());
    }

    [Fact]
    public void cut_short_or_taken_elsewhere_it_does_not_open()
    {
        var box = SealedBox.Seal(Key, "482913"u8, "context"u8);
        for (var length = 0; length < box.Length; length++)
        {
            Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(Key, box.AsSpan(0, length), "context"u8));
        }
        Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(Key, box, "another"u8));
        Assert.ThrowsAny<CryptographicException>(() => SealedBox.Open(RandomNumberGenerator.GetBytes(32), box, "context"u8));
    }

    [Fact]
    public void equal_values_are_sealed_differently_and_indexed_equally()
    {
        var data = new PersonalData(Configuration(Convert.ToBase64String(Key)));
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.NotEqual(data.Seal(one, "+46701740605"), data.Seal(one, "+46701740605"));
        Assert.Equal(data.Index(one, "+46701740605"), data.Index(one, "+46701740605"));
        Assert.NotEqual(data.Index(one, "+46701740605"), data.Index(other, "+46701740605"));
        Assert.DoesNotContain("740605", Encoding.Latin1.GetString(data.Seal(one, "+46701740605")), StringComparison.Ordinal);
    }

    [Fact]
    public void one_organisations_field_does_not_open_for_another()
    {
        var data = new PersonalData(Configuration(Convert.ToBase64String(Key)));
        var box = data.Seal(Guid.CreateVersion7(), "Åsa Öberg");
        Assert.ThrowsAny<CryptographicException>(() => data.Open(Guid.CreateVersion7(), box));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void a_key_that_is_missing_or_of_the_wrong_length_is_refused_with_its_name(string? key) =>
        Assert.Contains("Keys:PersonalData", Assert.Throws<InvalidOperationException>(() => new PersonalData(Configuration(key))).Message, StringComparison.Ordinal);

    private static IConfiguration Configuration(string? key) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Keys:PersonalData", key)]).Build();
}
