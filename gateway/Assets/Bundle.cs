using System.Text.Json;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Ums.Gateway.Assets;

/// <summary>The styles and scripts made by wwwroot-src: their names with the hash of their content, and the files themselves.</summary>
internal sealed class Bundle
{
    private readonly Dictionary<string, string> names;

    public Bundle(IWebHostEnvironment environment)
    {
        // Beside the program where it was built or published; in the project's folder where a test host says so.
        var beside = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var folder = Directory.Exists(beside) ? beside : Path.Combine(environment.ContentRootPath, "wwwroot");
        var list = Path.Combine(folder, "assets.json");
        if (!File.Exists(list))
        {
            throw new InvalidOperationException($"The pages' bundle is missing in {folder}: build the project, which needs Node.");
        }
        names = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(list))!;
        Files = new PhysicalFileProvider(folder);
    }

    public IFileProvider Files { get; }

    /// <param name="name">Such as <c>site.css</c>.</param>
    public string this[string name] => names[name];
}

internal static class BundleFiles
{
    public static IHostApplicationBuilder AddBundle(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Bundle>();
        return builder;
    }

    /// <summary>Serves the bundle, compressed where the browser can read that, before sessions and limits: it is the same for everyone.</summary>
    public static void UseBundle(this WebApplication app)
    {
        var bundle = app.Services.GetRequiredService<Bundle>();
        var types = new FileExtensionContentTypeProvider(new Dictionary<string, string>
        {
            [".css"] = "text/css; charset=utf-8",
            [".js"] = "text/javascript; charset=utf-8",
            [".mjs"] = "text/javascript; charset=utf-8",
            [".svg"] = "image/svg+xml",
            [".woff2"] = "font/woff2",
        });
        app.Use((http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) && Encoding(http.Request, bundle.Files) is { } encoding)
            {
                http.Items[typeof(Bundle)] = encoding;
                http.Request.Path += encoding.Suffix;
            }
            return next(http);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = bundle.Files,
            ServeUnknownFileTypes = true,
            ContentTypeProvider = types,
            OnPrepareResponse = context =>
            {
                var response = context.Context.Response;
                var name = context.File.Name;
                if (context.Context.Items[typeof(Bundle)] is Compressed compressed)
                {
                    response.Headers.ContentEncoding = compressed.Name;
                    name = name[..^compressed.Suffix.Length];
                    response.ContentType = types.TryGetContentType(name, out var type) ? type : "application/octet-stream";
                }
                var hashed = context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal);
                response.Headers.CacheControl = hashed ? "public, max-age=31536000, immutable" : "public, max-age=86400";
                response.Headers.Vary = "Accept-Encoding";
            },
        });
    }

    private static Compressed? Encoding(HttpRequest request, IFileProvider files)
    {
        var accepted = request.Headers.AcceptEncoding.ToString();
        return Compressed.Forms.FirstOrDefault(form =>
            accepted.Contains(form.Name, StringComparison.OrdinalIgnoreCase) && files.GetFileInfo(request.Path + form.Suffix).Exists);
    }

    private sealed record Compressed(string Name, string Suffix)
    {
        public static readonly Compressed[] Forms = [new("br", ".br"), new("gzip", ".gz")];
    }
}
