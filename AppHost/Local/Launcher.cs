using Ums.Local.Commands;
using Ums.Local.Launch;

namespace Ums.Local;

internal static class Launcher
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["servers", "--", .. var command] => ServersCommand.RunAsync(command),
        ["servers", .. var command] => ServersCommand.RunAsync(command),
        ["definitions", var passwords] => Task.FromResult(DefinitionsCommand.Run(passwords)),
        ["--help" or "-h"] => Help(),
        _ => RunCommand.RunAsync(args),
    };

    private static Task<int> Help()
    {
        Console.WriteLine(LaunchOptions.Help);
        return Task.FromResult(0);
    }
}
