using CsCheck;
using Ums.Geocoding.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Indexing;

public sealed class SnapshotTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ums-snapshot-").FullName;

    private string File => Path.Combine(folder, "addresses.index");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_saved_is_loaded() => SmallIndex.Records.Sample(records =>
    {
        var index = SmallIndex.Of(records);
        Snapshot.Save(index, "data 1", File);
        return SmallIndex.All(index).SequenceEqual(SmallIndex.All(Snapshot.Load(File, "data 1")));
    }, iter: 10, threads: 1);

    [Fact]
    public void A_byte_that_is_wrong_is_seen_wherever_it_stands()
    {
        Snapshot.Save(SmallIndex.Of(SmallIndex.Records.Single()), "data 1", File);
        var whole = System.IO.File.ReadAllBytes(File);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
        {
            var broken = whole.ToArray();
            broken[at] ^= change;
            AssertUnusable(broken, "data 1");
        }, iter: 60, threads: 1);
    }

    [Fact]
    public void A_file_that_is_cut_off_or_longer_is_not_used()
    {
        Snapshot.Save(SmallIndex.Of(SmallIndex.Records.Single()), "data 1", File);
        var whole = System.IO.File.ReadAllBytes(File);
        Gen.Int[0, whole.Length - 1].Sample(length => AssertUnusable(whole[..length], "data 1"), iter: 60, threads: 1);
        AssertUnusable([.. whole, 0], "data 1");
    }

    [Fact]
    public void Other_data_and_a_missing_file_are_not_used()
    {
        Assert.Throws<UnusableSnapshotException>(() => Snapshot.Load(File, "data 1"));
        Snapshot.Save(AddressIndex.Empty, "data 1", File);
        Assert.Throws<UnusableSnapshotException>(() => Snapshot.Load(File, "data 2"));
    }

    [Fact]
    public void Nothing_but_the_snapshot_is_left_behind()
    {
        Snapshot.Save(AddressIndex.Empty, "data 1", File);
        Snapshot.Save(AddressIndex.Empty, "data 2", File);
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    private void AssertUnusable(byte[] bytes, string data)
    {
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Throws<UnusableSnapshotException>(() => Snapshot.Load(File, data));
    }
}
