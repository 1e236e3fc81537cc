package io.github.dbops.sync.draft.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommentTest {

    @Test
    void breaksBetweenWordsAndLeavesLongOnesWhole() {
        String word = "x".repeat(130);
        assertThat(Comment.lines("  ", "a " + word + " b")).containsExactly("  // a", "  //   " + word, "  //   b");
        assertThat(Comment.lines("", "a b")).containsExactly("// a b");
    }
}
