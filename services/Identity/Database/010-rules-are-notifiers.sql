-- Quiet hours and retention are the alerts' own settings, in Notifier; nobody read these.

alter table organisations
    drop column quiet_from,
    drop column quiet_to,
    drop column retention_days;
