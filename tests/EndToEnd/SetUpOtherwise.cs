using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Ums.Testing;

namespace Ums.EndToEnd;

/// <summary>A system with what its operator may choose: Google's reCAPTCHA instead of our own captcha, and a base map under our own.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SetUpOtherwise : ICollectionFixture<SetUpOtherwise.System>, ICollectionFixture<Browser>
{
    public const string Name = "a system that is set up otherwise and a browser";

    /// <summary>Google's word that somebody is a person.</summary>
    internal const string Token = "token-of-google";

    public sealed class System : DemoSystem
    {
        private readonly string map = Path.GetTempFileName();
        private WebApplication? google;

        /// <summary>What Google was asked: our secret and the browser's answer.</summary>
        public ConcurrentQueue<(string Secret, string Answer)> Checked { get; } = [];

        protected override IReadOnlyDictionary<string, string> More => new Dictionary<string, string>
        {
            ["Captcha__Provider"] = "recaptcha",
            ["Captcha__SiteKey"] = "key-of-this-site",
            ["Captcha__Secret"] = "secret-of-google",
            ["Captcha__VerifyAddress"] = google!.Urls.Single() + "/siteverify",
            ["Map__Base"] = map,
        };

        public override async Task InitializeAsync()
        {
            await File.WriteAllBytesAsync(map, SmallBaseMap.Bytes());
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            google = builder.Build();
            google.MapPost("/siteverify", (Delegate)VerifyAsync);
            await google.StartAsync();
            await base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            await google!.DisposeAsync();
            File.Delete(map);
        }

        private async Task<IResult> VerifyAsync(HttpRequest request)
        {
            var form = await request.ReadFormAsync();
            Checked.Enqueue((form["secret"].ToString(), form["response"].ToString()));
            return Results.Ok(new { success = form["response"] == Token });
        }
    }
}
