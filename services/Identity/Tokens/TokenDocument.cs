using Microsoft.OpenApi;

namespace Ums.Identity.Tokens;

/// <summary>OpenIddict reads the form and writes the answer itself, so the OpenAPI document is told here what they hold.</summary>
internal static class TokenDocument
{
    public static Task DescribeAsync(OpenApiOperation operation)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/x-www-form-urlencoded"] = new()
                {
                    Schema = Texts(
                        ("grant_type", "urn:ums:pin or client_credentials"),
                        (PinGrant.PinRequestId, "urn:ums:pin: what POST /api/pins answered, in the browser that asked"),
                        ("pin", "urn:ums:pin: the six or eight digits"),
                        ("client_id", "client_credentials"),
                        ("client_secret", "client_credentials"),
                        ("scope", "client_credentials: some of the client's scopes, parted by spaces; all of them where left out")),
                },
            },
        };
        operation.Responses = new OpenApiResponses
        {
            ["200"] = Answer("A bearer token.", ("access_token", "JWT"), ("token_type", "Bearer"), ("expires_in", "Seconds, a number"), ("scope", "What it is good for")),
            ["400"] = Answer(
                "No token.", ("error", "As RFC 6749 says"), ("error_description", "For developers"),
                ("ums_problem", "urn:ums:pin: wrong-pin, expired-pin, too-many-tries or used-pin"), ("attempts_left", "urn:ums:pin: a number")),
            ["401"] = Answer("The client or its secret is wrong.", ("error", "invalid_client")),
        };
        return Task.CompletedTask;
    }

    private static OpenApiResponse Answer(string description, params (string, string)[] fields) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = Texts(fields) } },
    };

    private static OpenApiSchema Texts(params (string Name, string Description)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)new OpenApiSchema
        {
            Type = field.Name is "expires_in" or "attempts_left" ? JsonSchemaType.Integer : JsonSchemaType.String,
            Description = field.Description,
        }),
    };
}
