package io.macula.actors.services;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The services of this node that are checked. Belongs to the node, so that a process that crashed
/// finds them again; the way to that process. Bounded; safe to use from any thread.
public final class CheckedServices {

    private final int servicesMax;
    private final ConcurrentHashMap<String, CheckedService> byName = new ConcurrentHashMap<>();
    private volatile @Nullable ActorRef<ServiceHealth.Command> process;

    public CheckedServices(int servicesMax) {
        this.servicesMax = servicesMax;
    }

    /// From now on the process is reached at this stable ref.
    public void attach(ActorRef<ServiceHealth.Command> stableRef) {
        process = stableRef;
    }

    /// Adds one and has it checked at once; one sentence when that cannot be.
    public Optional<String> add(CheckedService service) {
        synchronized (byName) {
            if (byName.containsKey(service.name())) {
                return Optional.of(service.name() + " is registered on this node already");
            }
            if (byName.size() >= servicesMax) {
                return Optional.of("this node has as many services as it may (" + servicesMax
                        + ")");
            }
            byName.put(service.name(), service);
        }
        tell(new ServiceHealth.Added(service));
        return Optional.empty();
    }

    /// Removes exactly this one. Its offer is ended by whoever removes it.
    public void remove(CheckedService service) {
        if (byName.remove(service.name(), service)) {
            tell(new ServiceHealth.Removed(service));
        }
    }

    /// Whether a service of that name is registered and, by its checks, not fit to be offered.
    public boolean isUnfit(String name) {
        var service = byName.get(name);
        return service != null && !service.isOffered().getAsBoolean();
    }

    boolean has(CheckedService service) {
        return byName.get(service.name()) == service;
    }

    Collection<CheckedService> all() {
        return List.copyOf(byName.values());
    }

    private void tell(ServiceHealth.Command command) {
        var to = process;
        if (to != null) {
            to.tell(command);
        }
    }
}
