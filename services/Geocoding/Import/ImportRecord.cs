namespace Ums.Geocoding.Import;

/// <summary>What is to be imported.</summary>
/// <param name="Known">The import's id where the operator route has given it one; from the command line an import gets its id when it begins.</param>
internal sealed record ImportRequest(string Source, string Format, IReadOnlyList<string> Paths, Guid? Known = null);

/// <summary>An import as its row stands at a chunk's end.</summary>
/// <param name="Resumed">Whether an earlier run has read some of it.</param>
internal sealed record ImportRecord(Guid Id, int Part, long Position, long Line, long BytesRead, long RowsRead, long Refused, bool Resumed);

/// <summary>How far an import is, for whoever watches.</summary>
/// <param name="Fraction">Of the files' bytes, from 0 to 1.</param>
internal sealed record ImportProgress(string Step, long RowsRead, long Refused, double Fraction, double RowsPerSecond, TimeSpan? Left);

/// <summary>What came of it.</summary>
internal sealed record ImportResult(Guid Id, long Rows, long Refused, long Added, long Changed, long Gone, long Unchanged, long Streets, bool Resumed, TimeSpan Took);
