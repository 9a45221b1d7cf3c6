using Ums.Benchmarks;

return args switch
{
    ["signin", .. var options] => await SignIn.RunAsync(Options.Parse(options)),
    ["bare-proxy", var backend] => await BareProxy.ServeAsync(new Uri(backend)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Usage: dotnet run -c Release --project tests/Benchmarks -- BENCHMARK [options]

          signin            the sign-in page, the PIN path, and the gateway beside a bare YARP proxy

          --seconds N       length of each phase (10)
          --connections N   requests under way at once in the closed loops (16)
          --page-rate N     pages a second in the open loop (300)
          --pin-rate N      PINs a second in the open loops (100)
        """);
    return 2;
}
