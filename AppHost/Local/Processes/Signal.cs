using System.Runtime.InteropServices;

namespace Ums.Local.Processes;

/// <summary>The signals that the launcher sends.</summary>
internal enum Signal
{
    None = 0,
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static class Signals
{
    /// <summary>False where there is nobody (left) to receive it.</summary>
    public static bool Send(int process, Signal signal) => Kill(process, (int)signal) == 0;

    /// <summary>To every process of the group that the child leads.</summary>
    public static bool SendToGroup(int leader, Signal signal) => Kill(-leader, (int)signal) == 0;

    /// <summary>How setpriv names it.</summary>
    public static string Name(this Signal signal) => signal switch
    {
        Signal.Interrupt => "INT",
        Signal.Kill => "KILL",
        _ => "TERM",
    };

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
