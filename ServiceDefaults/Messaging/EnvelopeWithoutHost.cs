using System.Net.Mime;
using MassTransit;
using MassTransit.Serialization;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>
/// MassTransit's own JSON envelope without its <c>host</c>: machine, process, framework and assembly versions are nothing to tell every subscriber.
/// </summary>
internal sealed class EnvelopeWithoutHost : ISerializerFactory, IMessageSerializer
{
    public ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => new SystemTextJsonMessageSerializer(ContentType);

    public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class =>
        new SystemTextJsonMessageBody<T>(context, SystemTextJsonMessageSerializer.Options, new JsonMessageEnvelope(context, context.Message) { Host = null });
}
