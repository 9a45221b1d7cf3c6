using System.Globalization;
using Spectre.Console;
using Ums.Local.Processes;

namespace Ums.Local.Launch;

/// <summary>What the terminal shows: one line per event, each led by the resource's name in a colour of its own, and in each resource's log file too.</summary>
internal sealed class Screen(IAnsiConsole console, string logs)
{
    private static readonly string[] Colours = ["aqua", "lime", "yellow", "fuchsia", "dodgerblue1", "orange1", "springgreen1", "grey"];

    private readonly Lock one = new();
    private readonly List<string> names = [];

    public void Title(string text)
    {
        lock (one)
            console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
    }

    /// <summary>The exact text, without colour: scripts wait for it.</summary>
    public void Plain(string text)
    {
        lock (one)
            console.WriteLine(text);
    }

    /// <summary>Where a resource's output goes.</summary>
    public Action<string> Output(string resource) => line =>
    {
        Log(resource, line);
        Line(resource, Markup.Escape(line));
    };

    /// <summary>For servers, whose chatter only their log file gets.</summary>
    public Action<string> Quiet(string resource) => line => Log(resource, line);

    public void Changed(Supervised resource, string? reason)
    {
        var text = resource.State switch
        {
            State.Starting => "[grey]starting[/]",
            State.Running => $"[green]ready[/] at {Markup.Escape(resource.Address)}",
            State.Unhealthy => "[red]does not answer as healthy[/]",
            State.Restarting => $"[red]{Markup.Escape(reason ?? "")}[/]",
            State.Stopping => "[grey]stopping[/]",
            State.Stopped => "[grey]stopped[/]",
            _ => "",
        };
        Line(resource.Name, text);
    }

    public void Table(IEnumerable<Supervised> resources)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Resource", "State", "Address", "Process");
        foreach (var resource in resources)
        {
            table.AddRow(
                $"[{Colour(resource.Name)}]{resource.Name}[/]",
                resource.State == State.Running ? "[green]Running[/]" : $"[red]{resource.State}[/]",
                Markup.Escape(resource.Address),
                resource.Process?.ToString(CultureInfo.InvariantCulture) ?? "");
        }
        lock (one)
            console.Write(table);
    }

    private void Line(string resource, string markup)
    {
        lock (one)
            console.MarkupLine($"[{Colour(resource)}]{resource,-9}[/] [grey]│[/] {markup}");
    }

    private void Log(string resource, string line)
    {
        lock (one)
            File.AppendAllText(Path.Combine(logs, resource + ".log"), line + '\n');
    }

    private string Colour(string resource)
    {
        lock (one)
        {
            if (!names.Contains(resource))
                names.Add(resource);
            return Colours[names.IndexOf(resource) % Colours.Length];
        }
    }
}
