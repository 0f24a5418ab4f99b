package io.macula.runtime.workload;

import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Services;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/// [Services] of which the registrations belong to a workload.
record WorkloadServices(Services services, Belongings belongings,
        UnaryOperator<Rpc.Handler> bounded) implements Services {

    @Override
    public Registered register(String name, Rpc.Handler handler, HealthCheck health) {
        return switch (services.register(name, bounded.apply(handler), health)) {
            case Registered.Invalid invalid -> invalid;
            case Registered.Active(var registration) -> new Registered.Active(
                    belongings.add(new Owned(registration, belongings)));
        };
    }

    private record Owned(Registration registration, Belongings belongings)
            implements
                Registration {

        @Override
        public String name() {
            return registration.name();
        }

        @Override
        public boolean isOffered() {
            return registration.isOffered();
        }

        @Override
        public void close() {
            belongings.forget(this);
            registration.close();
        }
    }

    @Override
    public CompletionStage<List<Instance>> discover(String name) {
        return services.discover(name);
    }

    @Override
    public CompletionStage<Rpc.Outcome> call(String name, Payload argument,
            Rpc.CallOptions options) {
        return services.call(name, argument, options);
    }
}
