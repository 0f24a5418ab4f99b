package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.identity.Realm;
import io.macula.actors.link.DiallerHandshake.Expected;
import io.macula.actors.link.Handshake.Effect;
import io.macula.actors.link.Handshake.Proved;
import io.macula.actors.link.HandshakeMessage.Disconnect;
import io.macula.actors.link.HandshakeMessage.Foreign;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HandshakeTest extends HandshakeSetting {

    @Nested
    class Accepts {

        @Test
        void twoNodesOfAnOpenRealm() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));

            pair.run();

            assertThat(pair.diallerGot).isEqualTo(new Effect.Establish(
                    new Proved(BERT.id(), "endpoint", Duration.ofSeconds(1))));
            assertThat(pair.listenerGot).isEqualTo(new Effect.Establish(
                    new Proved(ANNA.id(), "endpoint", Duration.ofSeconds(1))));
        }

        @Test
        void twoNodesThatKnowTheSecretOfTheirRealm() {
            var pair = new HandshakePair(self(ANNA, CLOSED), self(BERT, CLOSED));

            pair.run();

            assertThat(pair.diallerGot).isInstanceOf(Effect.Establish.class);
            assertThat(pair.listenerGot).isInstanceOf(Effect.Establish.class);
        }

        @Test
        void twoMembersOfAList() {
            var realm = Realm.ofMembers("lab", Set.of(ANNA.id(), BERT.id()));
            var pair = new HandshakePair(self(ANNA, realm), self(BERT, realm));

            pair.run();

            assertThat(pair.diallerGot).isInstanceOf(Effect.Establish.class);
            assertThat(pair.listenerGot).isInstanceOf(Effect.Establish.class);
        }

        @Test
        void theIdTheAddressNames() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));
            pair.expected = new Expected.Addressed(BERT.id());

            pair.run();

            assertThat(pair.diallerGot).isInstanceOf(Effect.Establish.class);
        }

        @Test
        void theLongerHeartbeatOfACrowdedListener() {
            var pair = new HandshakePair(self(ANNA, OPEN), self(BERT, OPEN));
            pair.heartbeatMin = Duration.ofSeconds(20);

            pair.run();

            assertThat(pair.diallerGot).isEqualTo(new Effect.Establish(
                    new Proved(BERT.id(), "endpoint", Duration.ofSeconds(20))));
            assertThat(pair.listenerGot).isEqualTo(new Effect.Establish(
                    new Proved(ANNA.id(), "endpoint", Duration.ofSeconds(20))));
        }
    }

    @Nested
    class Ends {

        @Test
        void whenTheTimeIsOver() {
            var dialler = start(self(ANNA, OPEN)).next().timedOut();
            var listener = listener().timedOut();

            assertThat(code(dialler.effects().getFirst())).isEqualTo("handshake_timeout");
            assertThat(code(listener.effects().getFirst())).isEqualTo("handshake_timeout");
        }

        @Test
        void onceAndForAll() {
            var over = listener().timedOut().next();
            var hello = connectOf(start(self(ANNA, OPEN)).effects().getFirst());

            assertThat(over.timedOut().effects()).isEmpty();
            assertThat(over.received(hello, offer(1)).effects()).isEmpty();
            assertThat(over.admitted().effects()).isEmpty();
            assertThat(over.received(new Foreign("call"), offer(1)).effects()).isEmpty();
        }

        @Test
        void withTheReasonTheFarSideGives() {
            var reason = new Disconnected("limit_reached", "full");

            var step = start(self(ANNA, OPEN)).next().received(new Disconnect(reason));

            assertThat(step.effects()).containsExactly(new Effect.GiveUp(reason));
        }

        @Test
        void beforeAnAdmissionThatNobodyAskedFor() {
            assertThat(listener().admitted().effects()).isEmpty();
        }
    }
}
