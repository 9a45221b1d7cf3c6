using Ums.Local.Commands;

namespace Ums.Local;

internal static class Launcher
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["servers", "--", .. var command] => ServersCommand.RunAsync(command),
        ["servers", .. var command] => ServersCommand.RunAsync(command),
        _ => Task.FromResult(2),
    };
}
