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
            if (property.GetCustomAttribute<BindPropertyAttribute>() is { SupportsGet: false } bound)
            {
                PutBack(page, property, bound.Name ?? property.Name, typed);
            }
        }
    }

    private static void PutBack(object owner, PropertyInfo property, string name, IReadOnlyDictionary<string, string[]> typed)
    {
        var converter = TypeDescriptor.GetConverter(property.PropertyType);
        if (typed.GetValueOrDefault(name) is not { Length: > 0 } texts)
        {
            if (property.PropertyType == typeof(bool))
            {
                property.SetValue(owner, false);
            }
            else if (typed.Keys.Any(key => key.StartsWith(name + '.', StringComparison.Ordinal)) && property.GetValue(owner) is { } part)
            {
                foreach (var field in part.GetType().GetProperties().Where(field => field.CanWrite))
                {
                    PutBack(part, field, $"{name}.{field.Name}", typed);
                }
            }
        }
        else if (property.PropertyType == typeof(string[]))
        {
            property.SetValue(owner, texts);
        }
        else if (converter.CanConvertFrom(typeof(string)) && converter.IsValid(texts[0]))
        {
            property.SetValue(owner, converter.ConvertFromInvariantString(texts[0]));
        }
    }
}
