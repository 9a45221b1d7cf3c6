using Ums.Benchmarks.Alert;
using Ums.Benchmarks.Geocoding;
using Ums.Benchmarks.Import;
using Ums.Benchmarks.Map;

namespace Ums.Benchmarks;

// A class with a name: the services under test have a Program of their own.
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            return args switch
            {
                ["signin", .. var options] => await SignIn.RunAsync(Options.Parse(options)),
                ["alert", .. var options] => await AlertRun.RunAsync(new Arguments(options)),
                ["geocoding", .. var options] => await Matching.RunAsync(new Arguments(options)),
                ["geocoding-http", .. var options] => await MatchingOverHttp.RunAsync(new Arguments(options)),
                ["geocoding-ready", .. var options] => await Ready.RunAsync(new Arguments(options)),
                ["import", .. var options] => await ImportPeople.RunAsync(new Arguments(options)),
                ["tiles", .. var options] => await TileLatency.RunAsync(new Arguments(options)),
                ["generate", .. var options] => Generate.Run(new Arguments(options)),
                ["queries", .. var options] => Queries.Run(new Arguments(options)),
                [BareEndpoint.Command] => await BareEndpoint.ServeAsync(),
                ["bare-proxy", var backend] => await BareProxy.ServeAsync(new Uri(backend)),
                _ => Usage(),
            };
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static int Usage()
    {
        Console.Error.WriteLine("""
            Usage: dotnet run -c Release --project tests/Benchmarks -- BENCHMARK [options]

              signin            the sign-in page, the PIN path, and the gateway beside a bare YARP proxy

              --seconds N       length of each phase (10)
              --connections N   requests under way at once in the closed loops (16)
              --page-rate N     pages a second in the open loop (300)
              --pin-rate N      PINs a second in the open loops (100)

              alert             an alert from approval to the last message handed over, beside a bare HttpClient
              --recipients N    to how many (1000000)
              --pin-rate N      PINs a second meanwhile (20)
              --receipts S      what the provider reports: off, delivered, sent,delivered, failed (off)
              --kill RESOURCE   kill -9 it five seconds after the approval, such as rabbitmq or notifier
              --dispatchers N   for each channel (the service's default)
              --statements yes  prints where PostgreSQL's time went

              geocoding         our address index beside PostgreSQL with pg_trgm and Lucene.Net
              --addresses FILE  whose addresses (3500000 generated ones)
              --queries FILE    what is asked (10000 everyday and 2000 hard queries made for them)
              --peer-queries N  how many of each the slow peers are asked (2000)
              --engines A,B     only these of ours, lucene, pg_trgm
              --misses FILE     where to add the queries that were answered wrongly
              --seed S          other addresses and queries (1)

              geocoding-http    matches and map tiles through the gateway, beside an endpoint that does nothing
              --addresses FILE  imported first (the demo towns)
              --seconds N       length of each phase (10)
              --connections N   requests under way at once in the closed loops (16)
              --rate N          matches a second in the open loop (200)
              --tile-rate N     tiles a second in the open loop (50)

              geocoding-ready   import, start from table and from snapshot, and two copies at once
              --addresses FILE  whose addresses (3500000 generated ones)

              import            a public register brought in through the gateway, beside a bare COPY
              --people N        how many (100000)
              --addresses N     where they live (nine for twenty people)
              --seed S          other people (1)
              --statements yes  prints where PostgreSQL's time went

              tiles             the map's tiles at each zoom
              --addresses FILE  whose addresses (3500000 generated ones)
              --seed S          other addresses and tiles (1)
              --port N          leaves the map served there afterwards, to look at

              generate          the addresses of a country that is not
              --addresses N     how many (3500000)
              --norwegian N     of them in Norway (100000)
              --seed S          another seed, another country (1)
              --out FILE        where to

              queries           what people type when they mean one of them
              --addresses FILE  whose
              --everyday N      as typed every day (10000)
              --hard N          as typed on a bad day, and addresses that are not (2000)
              --seed S          other queries (1)
              --out FILE        where to
            """);
        return 2;
    }
}
