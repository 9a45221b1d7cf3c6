namespace Ums.Notifier.Tests.Messages;

public class WarmUpTests(NotifierFixture notifier) : IClassFixture<NotifierFixture>
{
    [Theory]
    [InlineData("messages")]
    [InlineData("attempts")]
    [InlineData("inbox")]
    [InlineData("outbox")]
    public async Task the_rehearsal_before_the_start_leaves_nothing_behind(string table)
    {
        Assert.Equal(0, await notifier.QueryAsync<long>($"select count(*) from {table}"));
        Assert.DoesNotContain("The rehearsal failed", notifier.Logs.Text, StringComparison.Ordinal);
    }
}
