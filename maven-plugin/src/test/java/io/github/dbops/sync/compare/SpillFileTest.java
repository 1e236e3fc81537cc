package io.github.dbops.sync.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class SpillFileTest {

    @Test
    void fileThatIsShorterThanItsStretchIsNotTakenForTheEnd() throws IOException {
        try (SpillFile file = new SpillFile()) {
            try (OutputStream out = file.append()) {
                out.write(new byte[] {1, 2, 3, 4});
            }
            assertThat(file.read(1, 4, 16).readAllBytes()).containsExactly(2, 3, 4);
            InputStream beyond = file.read(0, 5, 16);
            assertThatThrownBy(beyond::readAllBytes).hasMessageContaining("shorter than what was written");
        }
    }
}
