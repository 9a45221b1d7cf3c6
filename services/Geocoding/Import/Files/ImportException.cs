namespace Ums.Geocoding.Import.Files;

/// <summary>Why a whole import cannot be, in words for the operator; a single row at fault is a <see cref="Formats.Refusal"/> instead.</summary>
internal sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
