namespace Ums.ServiceDefaults.Files;

/// <summary>Why a whole import cannot be, in words for the operator; a single row at fault is refused instead.</summary>
public sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
