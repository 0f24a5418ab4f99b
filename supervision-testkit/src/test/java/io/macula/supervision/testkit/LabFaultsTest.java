package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.When.every;
import static io.macula.supervision.testkit.When.nth;
import static io.macula.supervision.testkit.When.oneIn;
import static io.macula.supervision.testkit.When.times;
import static io.macula.supervision.testkit.Workshop.CONNECTION;
import static io.macula.supervision.testkit.Workshop.PARSER;
import static io.macula.supervision.testkit.Workshop.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.supervision.Child;
import io.macula.supervision.Key;
import io.macula.supervision.Refs;
import io.macula.supervision.Shutdown;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// Every fault does what it says.
class LabFaultsTest {

    private final Workshop workshop = new Workshop();

    @SuppressWarnings("NullAway.Init") // the extension sets it
    @Supervised Lab lab;

    private Refs tree() {
        return lab.start(workshop.spec());
    }

    private void tell(ActorRef<String> child, String... messages) {
        List.of(messages).forEach(child::tell);
        lab.settle();
    }

    @Test
    void crashesOnTheNthMessageAndTakesTheRestAlong() {
        var tree = tree();
        lab.at(PARSER).crashOn(nth(3)).with(new IOException("link lost"));

        tell(tree.get(PARSER), "1", "2");
        lab.expectNothing();
        tell(tree.get(PARSER), "3");

        lab.expectTrace("""
            exit parser#1 failed IOException
            exit writer#1 shutdown
            start parser#2
            start writer#2
            """);
        lab.restarted(PARSER, WRITER).untouched(CONNECTION);
        tell(tree.get(PARSER), "4", "5", "6");
        lab.expectNothing();
        assertThat(workshop.seen).containsExactly("parser 1", "parser 2", "parser cleans",
                "writer cleans", "parser 4", "parser 5", "parser 6");
    }

    @Test
    void crashesOnEveryMessageOfAType() {
        var tree = lab.start(Supervisor.oneForOne()
                .intensity(5, Duration.ofSeconds(10))
                .child(Key.<Number>of("numbers"), Behaviors.ignore()));
        lab.at("numbers").crashOn(Integer.class).with(new NoSuchFieldError("no int"));

        var numbers = tree.get(Key.<Number>of("numbers"));
        numbers.tell(1.5);
        lab.settle();
        lab.expectNothing();
        numbers.tell(1);
        lab.settle();
        numbers.tell(2);
        lab.settle();

        lab.expectTrace("""
            exit numbers#1 failed NoSuchFieldError
            start numbers#2
            exit numbers#2 failed NoSuchFieldError
            start numbers#3
            """);
    }

    @Test
    void crashesInTheNextTwoStarts() {
        tree();
        lab.at(WRITER).crashInStart(times(2));

        lab.crash(WRITER, new IOException("full"));

        lab.expectTrace("""
            exit writer#1 failed IOException
            startfail writer failed InjectedFault
            startfail writer failed InjectedFault
            start writer#2
            """);
        lab.restarted(WRITER).untouched(CONNECTION, PARSER);
    }

    @Test
    void crashesInTheFirstStartWhenPlannedBeforeTheTreeIs() {
        lab.at(WRITER).crashInStart(times(1)).with(new IOException("no disk"));

        lab.begin(workshop.spec());

        lab.expectTrace("""
            start connection#1
            start parser#1
            startfail writer failed IOException
            exit parser#1 shutdown
            exit connection#1 shutdown
            """);
    }

    @Test
    void crashesWhenAskedToStopInsteadOfCleaningUp() {
        tree();
        lab.at(WRITER).crashInStop().with(new IOException("no flush"));

        lab.crash(PARSER, new IllegalStateException());

        lab.expectTrace("""
            exit parser#1 failed IllegalStateException
            exit writer#1 failed IOException
            start parser#2
            start writer#2
            """);
        assertThat(workshop.seen).containsExactly("parser cleans");
    }

    @Test
    void dropsSomeMessages() {
        var tree = tree();
        lab.at(PARSER).drop(every(3));

        tell(tree.get(PARSER), "1", "2", "3", "4", "5", "6", "7");

        assertThat(workshop.seen).containsExactly("parser 1", "parser 2", "parser 4", "parser 5",
                "parser 7");
    }

    @Test
    void dropsAboutOneInTenAndTheSameOnesWithTheSameSeed() {
        var first = droppedOf(1000, 7);
        var again = droppedOf(1000, 7);
        var other = droppedOf(1000, 8);

        assertThat(first).hasSizeBetween(50, 150).isEqualTo(again).isNotEqualTo(other);
    }

    private static List<Integer> droppedOf(int count, long seed) {
        var here = new Workshop();
        try (var lab = Lab.withManualTime(seed)) {
            var tree = lab.start(here.spec());
            lab.at(PARSER).drop(oneIn(10));
            IntStream.range(0, count).forEach(i -> tree.get(PARSER).tell("" + i));
            lab.settle();
            return IntStream.range(0, count)
                    .filter(i -> !here.seen.contains("parser " + i))
                    .boxed()
                    .toList();
        }
    }

    @Test
    void delaysMessagesInTheLabsTime() {
        var tree = tree();
        lab.at(PARSER).delay(nth(1), Duration.ofMillis(50));

        tell(tree.get(PARSER), "1", "2");
        lab.timePasses(Duration.ofMillis(49));
        assertThat(workshop.seen).containsExactly("parser 2");
        lab.timePasses(Duration.ofMillis(1));

        assertThat(workshop.seen).containsExactly("parser 2", "parser 1");
    }

    @Test
    void aDelayedMessageReachesTheNextLife() {
        var tree = tree();
        lab.at(PARSER).delay(Duration.ofSeconds(1));
        tell(tree.get(PARSER), "1");

        lab.kill(PARSER);
        lab.timePasses(Duration.ofSeconds(1));

        assertThat(workshop.seen).containsExactly("writer cleans", "parser 1");
    }

    @Test
    void holdsMessagesUntilTheyAreReleased() {
        var tree = tree();
        var place = lab.at(PARSER).hold();

        tell(tree.get(PARSER), "1", "2");
        assertThat(workshop.seen).isEmpty();
        place.release();
        tell(tree.get(PARSER), "3");

        assertThat(workshop.seen).containsExactly("parser 1", "parser 2", "parser 3");
    }

    @Test
    void duplicatesMessages() {
        var tree = tree();
        lab.at(PARSER).duplicate(nth(1));

        tell(tree.get(PARSER), "1");
        tell(tree.get(PARSER), "2");

        assertThat(workshop.seen).containsExactly("parser 1", "parser 1", "parser 2");
    }

    @Test
    void letsAMessageBeOvertaken() {
        var tree = tree();
        var place = lab.at(PARSER).reorder();

        tell(tree.get(PARSER), "1", "2", "3");
        assertThat(workshop.seen).containsExactly("parser 2", "parser 1");
        place.release();

        assertThat(workshop.seen).containsExactly("parser 2", "parser 1", "parser 3");
    }

    @Test
    void theFaultPlannedFirstHasItsWay() {
        var tree = tree();
        lab.at(PARSER).drop(nth(1)).duplicate();

        tell(tree.get(PARSER), "1");
        tell(tree.get(PARSER), "2");

        assertThat(workshop.seen).containsExactly("parser 2", "parser 2");
    }

    @Test
    void aHealedPlaceWorksAgainAndGetsWhatWasKeptBack() {
        var tree = tree();
        var place = lab.at(PARSER).hold(nth(1)).crashOn(nth(3)).drop(nth(2));

        tell(tree.get(PARSER), "1", "2");
        place.heal();
        tell(tree.get(PARSER), "3");

        assertThat(workshop.seen).containsExactly("parser 1", "parser 3");
        lab.expectNothing();
    }

    private Spec slow(Shutdown shutdown) {
        return Supervisor.oneForOne()
                .abandonAfter(Duration.ofSeconds(2))
                .child(Child.of(PARSER, workshop.noting("parser")).shutdown(shutdown));
    }

    @Test
    void aHungChildIsKilledWhenItsTimeToStopIsOver() {
        var tree = lab.start(slow(Shutdown.timeout(Duration.ofSeconds(3))));
        lab.at(PARSER).hang();
        tree.supervisor().tell(new Supervisor.TerminateChild("parser", lab.system().ignoreRef()));
        lab.settle();

        lab.timePasses(Duration.ofMillis(2_999));
        lab.expectNothing();
        lab.timePasses(Duration.ofMillis(1));

        lab.expectTrace("exit parser#1 killed");
        assertThat(workshop.seen).isEmpty();
    }

    @Test
    void aChildThatHangsInItsStopIsKilledToo() {
        var tree = lab.start(slow(Shutdown.timeout(Duration.ofSeconds(3))));
        lab.at(PARSER).hangInStop();
        tree.supervisor().tell(new Supervisor.TerminateChild("parser", lab.system().ignoreRef()));

        lab.timePasses(Duration.ofSeconds(3));

        lab.expectTrace("exit parser#1 killed");
    }

    @Test
    void aHungChildGoesOnWhenReleased() {
        var tree = tree();
        var place = lab.at(PARSER).hangOn(nth(1));
        tell(tree.get(PARSER), "1", "2");
        assertThat(workshop.seen).isEmpty();

        place.release();

        assertThat(workshop.seen).containsExactly("parser 1", "parser 2");
        lab.expectNothing();
    }

    @Test
    void aDeafChildIsAbandonedWithItsStackAndReplaced() {
        lab.start(slow(Shutdown.brutalKill()));
        lab.at(PARSER).hangDeaf();

        lab.kill(PARSER);
        lab.timePasses(Duration.ofSeconds(2));

        lab.expectTrace("""
            abandon parser#1
            exit parser#1 killed
            start parser#2
            """);
        var abandoned = lab.trace()
                .stream()
                .map(TraceLine::event)
                .filter(io.macula.supervision.Event.Abandoned.class::isInstance)
                .map(io.macula.supervision.Event.Abandoned.class::cast)
                .toList();
        assertThat(abandoned).singleElement()
                .satisfies(event -> assertThat(event.stack())
                        .anyMatch(frame -> frame.getClassName().endsWith(".Hung")));
    }

    @Test
    void theTreeAnswersWhileAChildHangsInItsStartAndShowsItsStack() {
        lab.at(PARSER).hangInStart(nth(1));

        var tree = lab.begin(workshop.spec());

        lab.expectTrace("start connection#1");
        assertThat(lab.treeText()).contains("parser#0  starting  busy for ")
                .contains("writer#0  down");
        var parser = lab.trees().getFirst().children().get(1);
        assertThat(Objects.requireNonNull(parser.running()).stack())
                .anyMatch(frame -> frame.getClassName().endsWith(".Hung"));
        lab.at(PARSER).release();
        lab.expectTrace("start parser#1\nstart writer#1");
        tell(tree.get(PARSER), "1");
        assertThat(workshop.seen).containsExactly("parser 1");
    }

    @Test
    void killsAChildWithoutItsCleanup() {
        tree();

        lab.kill(PARSER);

        lab.expectTrace("""
            exit parser#1 killed
            exit writer#1 shutdown
            start parser#2
            start writer#2
            """);
        assertThat(workshop.seen).containsExactly("writer cleans");
    }

    @Test
    void killsASubtree() {
        lab.start(Supervisor.oneForOne()
                .child(CONNECTION, workshop.noting("connection"))
                .supervisor("workers", Supervisor.oneForOne()
                        .child(PARSER, workshop.noting("parser"))
                        .child(WRITER, workshop.noting("writer"))));

        lab.killSubtree("workers");

        lab.restarted("workers").untouched(CONNECTION);
        lab.restarted(PARSER, WRITER);
        assertThat(lab.trace().stream().map(line -> line.text(false)).skip(4)).contains(
                "exit workers/parser#1 killed", "exit workers/writer#1 killed",
                "exit workers#1 killed", "start workers/parser#1", "start workers/writer#1",
                "start workers#2");
        assertThat(workshop.seen).isEmpty();
    }
}
