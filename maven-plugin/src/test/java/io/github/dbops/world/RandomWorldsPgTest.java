package io.github.dbops.world;

import io.github.dbops.testing.TestServers;
import org.junit.jupiter.api.Test;

/**
 * The law of sync on random worlds. {@code mvn -Pworlds verify -pl maven-plugin} tries 5,000;
 * {@code -Ddbops.worlds=N} as many as you like, {@code -Ddbops.seed=N} one alone.
 */
class RandomWorldsPgTest {

    @Test
    void syncDoesInEveryWorldWhatTheContractSays() throws Exception {
        new Campaign(Undo.GOAL)
                .run(Integer.getInteger("dbops.worlds", 200), TestServers.oldest(), TestServers.newest());
    }
}
