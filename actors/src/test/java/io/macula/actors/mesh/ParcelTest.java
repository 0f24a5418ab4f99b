package io.macula.actors.mesh;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.link.OutFrame;
import io.macula.actors.link.fake.FakeLink;
import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.Publish;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParcelTest {

    private static final Publish FRAME = Publish.of("a", Bytes.of(new byte[100]), 0, false,
            Bytes.utf8("id"));

    private final FakeLink link = new FakeLink(node(1));
    private final List<Parcel.Fate> fates = new ArrayList<>();
    private final Parcel parcel = Parcel.of(FRAME, fates::add);

    @Test
    void saysThatItWasSent() {
        assertThat(parcel.send(link)).isEqualTo(Passed.QUEUED);

        assertThat(link.sent()).containsExactly(FRAME);
        assertThat(fates).containsExactly(Parcel.Fate.SENT);
    }

    @Test
    void saysThatTheLinkIsFull() {
        link.setFull(true);

        assertThat(parcel.send(link)).isEqualTo(Passed.FULL);

        assertThat(fates).containsExactly(Parcel.Fate.FULL);
    }

    @Test
    void findsNoWayOverAClosedLink() {
        link.isLost();

        assertThat(parcel.send(link)).isEqualTo(Passed.CLOSED);

        assertThat(fates).containsExactly(Parcel.Fate.NO_WAY);
    }

    @Test
    void saysThatNoFrameCarriesItAndTheLinkGoesOn() {
        link.setPayloadBytesMax(50);

        assertThat(parcel.send(link)).isEqualTo(Passed.TOO_LONG);
        assertThat(Passed.on(link, new OutFrame(FRAME))).isEqualTo(Passed.TOO_LONG);

        assertThat(fates).containsExactly(Parcel.Fate.TOO_LONG);
        assertThat(link.isClosed()).isFalse();
    }

    @Test
    void isLostWhenNoLinkComesUp() {
        parcel.isLost();

        assertThat(fates).containsExactly(Parcel.Fate.NO_WAY);
    }
}
