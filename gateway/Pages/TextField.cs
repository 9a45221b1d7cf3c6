using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Ums.Gateway.Pages;

/// <summary>A label, a line of help, the field and what is wrong with it, tied together for those who do not see them.</summary>
[HtmlTargetElement("text-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextField : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public string Name { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Help { get; set; }

    public string? Value { get; set; }

    /// <summary>Beyond it a browser takes no more; the page checks again.</summary>
    public int Max { get; set; } = 100;

    public string Type { get; set; } = "text";

    /// <summary>More than none: a text of several lines.</summary>
    public int Rows { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = ViewContext.ModelState.TryGetValue(Name, out var entry) ? entry.Errors : [];
        var described = string.Join(' ', new[] { Help is null ? null : $"{Name}-help", errors.Count == 0 ? null : $"{Name}-error" }.OfType<string>());

        var input = Rows > 0 ? new TagBuilder("textarea") : new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass("ds-input");
        foreach (var attribute in output.Attributes.Where(attribute => attribute.Name != "class"))
        {
            input.Attributes[attribute.Name] = attribute.Value?.ToString() ?? "";
        }
        input.Attributes["id"] = Name;
        input.Attributes["name"] = Name;
        if (Rows > 0)
        {
            input.Attributes["rows"] = Rows.ToString(System.Globalization.CultureInfo.InvariantCulture);
            // A browser leaves out a line break that comes first.
            input.InnerHtml.AppendHtml("\n").Append(Value ?? "");
        }
        else
        {
            input.Attributes["type"] = Type;
            input.Attributes["value"] = Value ?? "";
        }
        input.Attributes["maxlength"] = Max.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (described.Length > 0)
        {
            input.Attributes["aria-describedby"] = described;
        }
        if (errors.Count > 0)
        {
            input.Attributes["aria-invalid"] = "true";
        }

        var extra = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.Clear();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"ds-field {extra}".Trim());
        output.Content.AppendHtml(Part("label", Label, ("class", "ds-label"), ("data-weight", "medium"), ("for", Name)));
        if (Help is not null)
        {
            output.Content.AppendHtml(Part("p", Help, ("class", "quiet"), ("data-field", "description"), ("id", $"{Name}-help")));
        }
        output.Content.AppendHtml(input);
        if (errors.Count > 0)
        {
            output.Content.AppendHtml(Part("p", errors[0].ErrorMessage, ("class", "ds-validation-message"), ("data-field", "validation"), ("id", $"{Name}-error")));
        }
    }

    private static TagBuilder Part(string tag, string text, params (string Name, string Value)[] attributes)
    {
        var part = new TagBuilder(tag);
        foreach (var (name, value) in attributes)
        {
            part.Attributes[name] = value;
        }
        part.InnerHtml.Append(text);
        return part;
    }
}
