namespace Ums.Local.Launch;

/// <summary>What stands in the way of a start, said to whoever started: no stack trace needed.</summary>
internal sealed class LaunchException(string message) : Exception(message);
