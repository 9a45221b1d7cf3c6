using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Ums.Gateway.Pages.Admin.Register;

/// <summary>A form with a file in it, read as it comes: its fields first, and the file as a stream that nobody has read yet.</summary>
internal sealed record SentForm(IReadOnlyDictionary<string, string> Fields, string FileName, Stream? File)
{
    private const int MostFields = 10;
    private const int LongestField = 4096;
    private const int LongestBoundary = 70;

    /// <param name="longest">Bytes of the file; reading one that is longer fails with <see cref="InvalidDataException"/>.</param>
    /// <returns>Null where it is no such form.</returns>
    /// <exception cref="IOException">It breaks off.</exception>
    public static async Task<SentForm?> ReadAsync(HttpRequest request, long longest, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            return null;
        }
        var (fields, reader) = (new Dictionary<string, string>(), new MultipartReader(boundary, request.Body) { BodyLengthLimit = longest });
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var is_) || !is_.DispositionType.Equals("form-data") || fields.Count > MostFields)
            {
                return null;
            }
            if (is_.IsFileDisposition())
            {
                return new SentForm(fields, HeaderUtilities.RemoveQuotes(is_.FileNameStar.HasValue ? is_.FileNameStar : is_.FileName).Value ?? "", part.Body);
            }
            fields[HeaderUtilities.RemoveQuotes(is_.Name).Value ?? ""] = await ReadFieldAsync(part.Body, cancellationToken);
        }
        return new SentForm(fields, "", null);
    }

    private static async Task<string> ReadFieldAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestField];
        var length = await body.ReadAtLeastAsync(buffer, LongestField, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
