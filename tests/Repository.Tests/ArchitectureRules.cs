using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using Ums.Messages;
using Ums.Testing;

namespace Ums.Repository.Tests;

public sealed class ArchitectureRules
{
    private const string Begin = "<!-- drawn by tests/Repository.Tests: begin -->";
    private const string End = "<!-- drawn by tests/Repository.Tests: end -->";

    private static readonly Architecture Architecture = new ArchLoader().LoadAssemblies([.. Sources.Assemblies]).Build();

    public static TheoryData<string> Names => [.. Sources.Services.Append("gateway")];

    [Theory]
    [MemberData(nameof(Names))]
    public void feature_folders_form_no_circle(string service)
    {
        Assert.Contains(Uses(service), line => line.Contains("-->", StringComparison.Ordinal)); // or the rule below would look at nothing
        SliceRuleDefinition.Slices().Matching($"{Sources.AssemblyOf(service).GetName().Name}.(*)").Should().BeFreeOfCycles().Check(Architecture);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void a_service_knows_no_other(string service)
    {
        var own = Sources.AssemblyOf(service).GetName().Name!;
        var foreign = Sources.Assemblies.Select(assembly => assembly.GetName().Name!).Where(name => name != own).ToList();
        Assert.Empty(Sources.AssemblyOf(service).GetReferencedAssemblies().Select(reference => reference.Name).Intersect(foreign));
    }

    [Fact]
    public void the_picture_in_the_architecture_document_is_the_codes()
    {
        const string Path = "docs/architecture.md";
        var text = Sources.Read(Path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, "docs/architecture.md has lost the marks between which this test draws.");
        CommittedDocument.AssertUpToDate(Path, $"{text[..(begin + Begin.Length)]}\n{Picture()}{text[end..]}");
    }

    private static string Picture() => string.Join('\n', (IEnumerable<string>)
    [
        "",
        "Messages that one of our services must consume; events that only others listen to are left out:",
        "", .. Flowchart(Flows()),
        "Feature folders, and what each uses of the others in its service:",
        "", .. Sources.Services.Append("gateway").SelectMany(service => (IEnumerable<string>)[$"**{service}**", "", .. Flowchart(Uses(service))]),
        "",
    ]);

    private static IEnumerable<string> Flowchart(IEnumerable<string> lines) => ["```mermaid", "flowchart LR", .. lines.Select(line => "    " + line), "```", ""];

    private static IEnumerable<string> Flows() => typeof(ContractAttribute).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(ContractAttribute), inherit: false))
        .SelectMany(type => MessageRules.ContractOf(type).To.Select(to => (MessageRules.ContractOf(type).From, To: to, type.Name)))
        .GroupBy(flow => (flow.From, flow.To), flow => flow.Name)
        .Select(flow => $"{flow.Key.From} -- {string.Join("<br>", flow.Order(StringComparer.Ordinal))} --> {flow.Key.To}")
        .Order(StringComparer.Ordinal);

    /// <summary>One line for each folder that uses another, and one for each that stands alone.</summary>
    private static IEnumerable<string> Uses(string service)
    {
        var root = Sources.AssemblyOf(service).GetName().Name! + ".";
        var types = Architecture.Types.Where(type => Folder(type) is not null).ToList();
        var uses = types
            .SelectMany(type => type.GetTypeDependencies(Architecture).Select(used => (From: Folder(type)!, To: Folder(used))))
            .Where(use => use.To is not null && use.To != use.From).Distinct().ToList();
        var alone = types.Select(type => Folder(type)!).Distinct().Where(folder => !uses.Any(use => use.From == folder || use.To == folder));
        return uses.Select(use => $"{use.From} --> {use.To}").Concat(alone).Order(StringComparer.Ordinal);

        string? Folder(IType type) => type.Namespace is { } space && space.FullName.StartsWith(root, StringComparison.Ordinal) ? space.FullName[root.Length..].Split('.')[0] : null;
    }
}
