namespace Ums.Notifier.Providers;

internal enum Channel
{
    Sms,
    Voice,
}
