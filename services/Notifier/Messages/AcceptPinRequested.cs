using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Messages;

/// <summary>The urgent road: Identity's relay comes here where the broker does not confirm in time. The inbox makes both roads one.</summary>
internal static class AcceptPinRequested
{
    private const int LongestSeal = 4096;

    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        [FromBody] PinRequested request, [FromHeader(Name = "Ums-Message-Id")] Guid messageId, SendPin sendPin, CancellationToken cancellationToken)
    {
        var errors = Errors(request);
        if (messageId == Guid.Empty)
        {
            errors["Ums-Message-Id"] = ["required"];
        }
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }
        try
        {
            await sendPin.HandleAsync(messageId, request, cancellationToken);
            return TypedResults.Accepted((string?)null);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return Problems.Problem(StatusCodes.Status400BadRequest, "bad-seal", "The seal is not one that this service opens.");
        }
    }

    public static Dictionary<string, string[]> Errors(PinRequested request)
    {
        var errors = new Dictionary<string, string[]>();
        Check(request.PinRequestId != Guid.Empty, "pinRequestId", "required");
        Check(request.DeliveryId != Guid.Empty, "deliveryId", "required");
        Check(request.OrganisationId != Guid.Empty, "organisationId", "required");
        Check(request.Channel is "sms" or "voice", "channel", "sms or voice");
        Check(request.Sealed is { Length: > 0 and <= LongestSeal }, "sealed", "required");
        Check(request.ExpiresAt != default, "expiresAt", "required");
        return errors;

        void Check(bool right, string field, string error)
        {
            if (!right)
            {
                errors[field] = [error];
            }
        }
    }
}
