package io.macula.runtime.workload;

import io.macula.app.Confirmation;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Services;
import io.macula.app.State;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.global.GlobalServices;
import io.macula.app.observe.Observe;
import io.macula.app.web.Web;
import io.macula.app.workload.Platform;
import io.macula.runtime.Node;
import io.macula.runtime.observe.WorkloadObserve;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// A node as one workload sees it: everything that is registered belongs to the workload and ends with it, and the
/// requests of others that it handles at a time are bounded.
final class WorkloadPlatform implements Platform, AutoCloseable {

    private final Node node;
    private final Optional<Web> web;
    private final WorkloadObserve observe;
    private final Belongings belongings = new Belongings();
    private final Semaphore requests;
    private final int requestsMax;

    WorkloadPlatform(Node node, LoadedWorkload loaded, int requestsMax) {
        this.node = node;
        this.web = node.web()
                .map(mounts -> belongings.add(
                        mounts.forWorkload(loaded.workload().name(), loaded.loader())));
        this.observe = belongings.add(node.appMeters().of(loaded.workload().name()));
        this.requests = new Semaphore(requestsMax);
        this.requestsMax = requestsMax;
    }

    @Override
    public void close() {
        belongings.close();
    }

    @Override
    public String node() {
        return node.id().hex();
    }

    private Rpc.Handler bounded(Rpc.Handler handler) {
        return argument -> {
            if (!requests.tryAcquire()) {
                return new Rpc.Answer.Failure("the workload handles as many requests as it may ("
                        + requestsMax + "); try again later");
            }
            try {
                return handler.handle(argument);
            } finally {
                requests.release();
            }
        };
    }

    @Override
    public Topics topics() {
        var topics = node.topics();
        return new Topics() {
            @Override
            public Published publish(String topic, Payload payload) {
                return topics.publish(topic, payload);
            }

            @Override
            public CompletionStage<Receipt> publishWithReceipt(String topic, Payload payload,
                    Duration patience) {
                return topics.publishWithReceipt(topic, payload, patience);
            }

            @Override
            public Subscribed subscribe(String pattern, Consumer<TopicMessage> handler) {
                return switch (topics.subscribe(pattern, handler)) {
                    case Subscribed.Invalid invalid -> invalid;
                    case Subscribed.Active(var subscription) ->
                        new Subscribed.Active(belongings.add(new Owned(subscription)));
                };
            }
        };
    }

    private final class Owned implements Topics.Subscription {

        private final Topics.Subscription subscription;

        Owned(Topics.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public String pattern() {
            return subscription.pattern();
        }

        @Override
        public CompletionStage<Confirmation> confirmed() {
            return subscription.confirmed();
        }

        @Override
        public void close() {
            belongings.forget(this);
            subscription.close();
        }
    }

    @Override
    public Rpc rpc() {
        var rpc = node.rpc();
        return new Rpc() {
            @Override
            public CompletionStage<Outcome> call(String procedure, Payload argument,
                    CallOptions options) {
                return rpc.call(procedure, argument, options);
            }

            @Override
            public Served serve(String procedure, Handler handler) {
                return switch (rpc.serve(procedure, bounded(handler))) {
                    case Served.Invalid invalid -> invalid;
                    case Served.Active(var registration) ->
                        new Served.Active(belongings.add(new Offer(registration)));
                };
            }
        };
    }

    private final class Offer implements Rpc.Registration {

        private final Rpc.Registration registration;

        Offer(Rpc.Registration registration) {
            this.registration = registration;
        }

        @Override
        public String procedure() {
            return registration.procedure();
        }

        @Override
        public CompletionStage<Confirmation> confirmed() {
            return registration.confirmed();
        }

        @Override
        public void close() {
            belongings.forget(this);
            registration.close();
        }
    }

    @Override
    public Services services() {
        return new WorkloadServices(node.services(), belongings, this::bounded);
    }

    @Override
    public Optional<State> state() {
        return node.state().map(state -> new WorkloadState(state, belongings));
    }

    @Override
    public Optional<FencedCoordination> coordination() {
        return node.coordination().map(fenced -> new WorkloadCoordination(fenced, belongings));
    }

    @Override
    public Optional<AdvisoryCoordination> advisory() {
        return node.advisory().map(this::owned);
    }

    private AdvisoryCoordination owned(AdvisoryCoordination advisory) {
        return new AdvisoryCoordination() {
            @Override
            public Candidacy stand(String election, Consumer<Boolean> listener) {
                return belongings.add(
                        new Standing(advisory.stand(election, listener), belongings));
            }

            @Override
            public Optional<String> leader(String election) {
                return advisory.leader(election);
            }
        };
    }

    @Override
    public GlobalServices globalServices() {
        var services = node.globalServices();
        return new GlobalServices() {
            @Override
            public Hosted host(io.macula.app.global.GlobalService service) {
                return switch (services.host(service)) {
                    case Hosted.Invalid invalid -> invalid;
                    case Hosted.Active(var hosting) -> new Hosted.Active(
                            belongings.add(new WorkloadPlatform.Hosting(hosting, belongings)));
                };
            }

            @Override
            public CompletionStage<Reply> request(String name, Payload argument,
                    Duration deadline) {
                return services.request(name, argument, deadline);
            }
        };
    }

    @Override
    public Observe observe() {
        return observe;
    }

    @Override
    public Optional<Web> web() {
        return web;
    }

    private record Standing(AdvisoryCoordination.Candidacy candidacy, Belongings belongings)
            implements
                AdvisoryCoordination.Candidacy {

        @Override
        public String election() {
            return candidacy.election();
        }

        @Override
        public boolean isLeader() {
            return candidacy.isLeader();
        }

        @Override
        public void close() {
            belongings.forget(this);
            candidacy.close();
        }
    }

    private record Hosting(GlobalServices.Hosting hosting, Belongings belongings)
            implements
                GlobalServices.Hosting {

        @Override
        public String name() {
            return hosting.name();
        }

        @Override
        public boolean isInstance() {
            return hosting.isInstance();
        }

        @Override
        public void close() {
            belongings.forget(this);
            hosting.close();
        }
    }
}
