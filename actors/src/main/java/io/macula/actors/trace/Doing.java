package io.macula.actors.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;

/// What a node does with a message, as a span names it. The attributes are those of OpenTelemetry's
/// conventions for messaging and rpc.
public enum Doing {

    /// A message is published here.
    PUBLISH("publish", SpanKind.PRODUCER, Of.MESSAGING),
    /// A published message is passed on.
    RELAY("relay", SpanKind.INTERNAL, Of.MESSAGING),
    /// A subscription's handler runs.
    PROCESS("process", SpanKind.CONSUMER, Of.MESSAGING),
    /// A procedure is called here.
    CALL("call", SpanKind.CLIENT, Of.RPC),
    /// One provider is asked for a call.
    ASK("ask", SpanKind.CLIENT, Of.RPC),
    /// A request is passed on, and its answer back.
    PASS("pass", SpanKind.INTERNAL, Of.RPC),
    /// A procedure's handler runs.
    SERVE("serve", SpanKind.SERVER, Of.RPC),
    /// A global service is asked.
    REQUEST("request", SpanKind.CLIENT, Of.RPC),
    /// The instance of a global service handles a request.
    HANDLE("handle", SpanKind.INTERNAL, Of.RPC);

    /// Which conventions name the attributes.
    enum Of {
        MESSAGING("messaging.system", "messaging.operation.name",
                "messaging.destination.name"), RPC("rpc.system", "rpc.operation", "rpc.method");

        final AttributeKey<String> system;
        final AttributeKey<String> operation;
        final AttributeKey<String> name;

        Of(String system, String operation, String name) {
            this.system = AttributeKey.stringKey(system);
            this.operation = AttributeKey.stringKey(operation);
            this.name = AttributeKey.stringKey(name);
        }
    }

    final String verb;
    final SpanKind kind;
    final Of conventions;

    Doing(String verb, SpanKind kind, Of conventions) {
        this.verb = verb;
        this.kind = kind;
        this.conventions = conventions;
    }
}
