package io.macula.runtime.coordination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPlaceTest {

    @TempDir Path folder;

    @Test
    void isReadAsItWasWritten() throws IOException {
        var fresh = OwnPlace.fresh(Meeting.node(1), "127.0.0.1", 9_454);
        var later = fresh.knowing(Meeting.electorate(7, 0, 1, 2)).begun();

        fresh.write(folder);
        assertThat(OwnPlace.read(folder)).contains(fresh);
        later.write(folder);
        assertThat(OwnPlace.read(folder)).contains(later);
    }

    @Test
    void thereIsNoneInAnEmptyFolder() throws IOException {
        assertThat(OwnPlace.read(folder)).isEmpty();
        assertThat(OwnPlace.read(folder.resolve("nowhere"))).isEmpty();
    }

    @Test
    void aWriteThatStoppedHalfWayLeavesWhatWasThere() throws IOException {
        var place = OwnPlace.fresh(Meeting.node(1), "127.0.0.1", 9_454);
        place.write(folder);
        Files.writeString(folder.resolve(OwnPlace.FILE + ".new"), "{\"begun\":tr");

        assertThat(OwnPlace.read(folder)).contains(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"begun\":true}",
        "{\"begun\":true,\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":1},\"group\":{}}"})
    void whatIsDamagedIsNotTakenForNone(String text) throws IOException {
        Files.writeString(folder.resolve(OwnPlace.FILE), text);

        assertThatThrownBy(() -> OwnPlace.read(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void whoIsRenewedHasAnIdOfItsOwnAndHasNeverBegun() {
        var known = Meeting.electorate(7, 0, 1, 2);
        var before = OwnPlace.fresh(Meeting.node(1), "127.0.0.1", 9_454).knowing(known).begun();
        var after = before.renewed(Meeting.node(1));

        assertThat(after.address().id()).isNotEqualTo(before.address().id())
                .startsWith(Meeting.node(1).hex());
        assertThat(after.address().port()).isEqualTo(before.address().port());
        assertThat(after.hasBegun()).isFalse();
        assertThat(after.electorate()).contains(known);
    }
}
