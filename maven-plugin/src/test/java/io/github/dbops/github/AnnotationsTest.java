package io.github.dbops.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.github.Annotations.Annotation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

    @Test
    void writesACommandALine() {
        Annotations annotations = new Annotations(
                List.of(new Annotation("a:b,c\n::x", "50% of \"Order\"\r\n::error::forged")), List.of("w\n::w::"));

        assertThat(annotations.lines())
                .containsExactly(
                        "::error title=a%3Ab%2Cc%0A%3A%3Ax::50%25 of \"Order\"%0D%0A::error::forged",
                        "::warning title=dbops::w%0A::w::");
    }

    @Test
    void showsNineOfAKindAndCountsTheRest() {
        Annotations annotations = new Annotations(List.of(), Collections.nCopies(12, "odd"));

        assertThat(annotations.lines())
                .hasSize(10)
                .last()
                .asString()
                .isEqualTo("::warning title=dbops::3 more: see the job summary.");
    }

    @Test
    void cutsWhatTheRunnerWouldCut() {
        Annotations annotations = new Annotations(List.of(), List.of("x".repeat(5_000)));

        assertThat(annotations.lines())
                .singleElement()
                .asString()
                .hasSizeLessThan(1_100)
                .endsWith("...");
    }

    @Test
    void saysNothingWhereNothingNeedsAction() {
        assertThat(new Annotations(List.of(), List.of()).lines()).isEmpty();
    }
}
