package io.macula.actors.flow;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.fake.FakeLink;
import org.junit.jupiter.api.Test;

class OpenLinksTest {

    private static final Disconnected RESTARTED = new Disconnected("restarted", "in a test");

    private final OpenLinks links = new OpenLinks();

    @Test
    void closesWhatAnEarlierIncarnationLeftOpen() {
        var first = links.begin(RESTARTED);
        var link = new FakeLink(node(1));
        var ended = new FakeLink(node(2));
        links.opened(first, link);
        links.opened(first, ended);
        links.closed(ended);

        links.begin(RESTARTED);

        assertThat(link.closeCode()).isEqualTo("restarted");
        assertThat(ended.isClosed()).isFalse();
        assertThat(links.count()).isZero();
    }

    @Test
    void closesWhatComesThroughForAnIncarnationThatIsOver() {
        var first = links.begin(RESTARTED);
        links.begin(RESTARTED);
        var late = new FakeLink(node(1));

        assertThat(links.opened(first, late)).isFalse();
        assertThat(late.isClosed()).isTrue();
        assertThat(links.count()).isZero();
    }
}
