using System.ComponentModel;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace Ums.Gateway.Pages.Admin;

/// <summary>Puts what was typed back into a page's fields, as the form's own sending would have done: a box that is not among it was not ticked.</summary>
internal static class TypedFields
{
    public static void PutBack(object page, IReadOnlyDictionary<string, string[]> typed)
    {
        foreach (var property in page.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<BindPropertyAttribute>() is not { SupportsGet: false } bound)
            {
                continue;
            }
            if (typed.GetValueOrDefault(bound.Name ?? property.Name) is { Length: > 0 } texts)
            {
                PutBack(page, property, texts);
            }
            else if (property.PropertyType == typeof(bool))
            {
                property.SetValue(page, false);
            }
        }
    }

    private static void PutBack(object page, PropertyInfo property, string[] texts)
    {
        if (property.PropertyType == typeof(string[]))
        {
            property.SetValue(page, texts);
            return;
        }
        var converter = TypeDescriptor.GetConverter(property.PropertyType);
        if (converter.CanConvertFrom(typeof(string)) && converter.IsValid(texts[0]))
        {
            property.SetValue(page, converter.ConvertFromInvariantString(texts[0]));
        }
    }
}
