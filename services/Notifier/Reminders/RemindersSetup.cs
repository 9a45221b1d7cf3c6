using MassTransit;

namespace Ums.Notifier.Reminders;

internal static class RemindersSetup
{
    public static IHostApplicationBuilder AddReminders(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<SendReminder>();
        return builder;
    }

    public static void AddReminderLane(this IBusRegistrationConfigurator bus) => bus.AddConsumer<AskToConfirmConsumer, AskToConfirmConsumerDefinition>();
}
