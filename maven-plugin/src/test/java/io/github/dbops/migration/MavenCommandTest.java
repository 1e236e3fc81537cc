package io.github.dbops.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MavenCommandTest {

    @Test
    void plainNamesStandAsTheyAre() {
        assertThat(MavenCommand.applied(List.of("20260101_init", "1.2")))
                .isEqualTo("mvn dbops:resolve -Dapplied=20260101_init,1.2");
    }

    @Test
    void nameWithSpacesIsOneWordOfTheShell() {
        assertThat(MavenCommand.rolledBack(List.of("my view"))).isEqualTo("mvn dbops:resolve -DrolledBack='my view'");
    }

    @Test
    void shellFindsNothingToDoInAName() {
        assertThat(MavenCommand.rolledBack(List.of("a'$(rm x)`y`")))
                .isEqualTo("mvn dbops:resolve -DrolledBack='a'\\''$(rm x)`y`'");
    }
}
