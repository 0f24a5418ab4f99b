package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        var lines = Table.lines(List.of(List.of("A", "LONG", "C"), List.of("wide", "", "x")));

        assertThat(lines).containsExactly("A     LONG  C", "wide        x");
    }
}
