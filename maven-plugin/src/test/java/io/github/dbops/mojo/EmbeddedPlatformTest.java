package io.github.dbops.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.mojo.EmbeddedPlatform.CLibrary;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, GNU, linux-amd64",
        "Linux, aarch64, GNU, linux-arm64v8",
        "Linux, amd64, MUSL, linux-amd64-alpine",
        "Mac OS X, x86_64, GNU, darwin-amd64",
        "Mac OS X, aarch64, GNU, darwin-arm64v8",
        "Windows 11, amd64, GNU, windows-amd64",
    })
    void artifactIsNamedForSystemAndProcessor(String system, String processor, CLibrary library, String classifier) {
        assertThat(EmbeddedPlatform.of(system, processor, library)).contains(new EmbeddedPlatform(classifier));
    }

    @ParameterizedTest
    @CsvSource({"Linux, s390x", "Windows 11, aarch64", "FreeBSD, amd64"})
    void otherMachinesHaveNone(String system, String processor) {
        assertThat(EmbeddedPlatform.of(system, processor, CLibrary.GNU)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void everySupportedVersionIsPinnedByTheBuild(int majorVersion) {
        assertThat(EmbeddedVersions.pinned().server(majorVersion))
                .get()
                .asString()
                .startsWith(majorVersion + ".");
    }

    @Test
    void libraryVersionsAreFilledIn() {
        EmbeddedVersions versions = EmbeddedVersions.pinned();
        assertThat(versions.library()).matches("[0-9.]+");
        assertThat(versions.driver()).matches("[0-9.]+");
        assertThat(versions.logging()).matches("[0-9.]+");
        assertThat(versions.server(13)).isEmpty();
    }
}
