package io.github.dbops.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What tests take from a plan, and how they change it. */
class SamplePlanTest {

    private static final SamplePlan PLAN = new SamplePlan("""
            {
              "defaults": { "mode": "append" }, // a comment
              "tables": [
                { "name": "shop.a", "key": ["x", "y"], "mode": "skip" },
                { "name": "b", "key": ["z"], },
                { "name": "c", "mode": "skip" },
              ],
            }
            """);

    @Test
    void keysAreThoseOfTablesThatAreNotSkipped() {
        assertThat(PLAN.keys()).containsOnlyKeys("public.b").containsEntry("public.b", List.of("z"));
    }

    @Test
    void everyTableWithAKeyCanBeSwitchedToOverwriting() {
        assertThat(PLAN.overwriting())
                .isEqualTo("{\"defaults\":{\"mode\":\"append\"},\"tables\":["
                        + "{\"name\":\"shop.a\",\"key\":[\"x\",\"y\"],\"mode\":\"upsert\",\"onConflict\":\"local_wins\"},"
                        + "{\"name\":\"b\",\"key\":[\"z\"],\"mode\":\"upsert\",\"onConflict\":\"local_wins\"},"
                        + "{\"name\":\"c\",\"mode\":\"skip\"}]}");
    }

    @Test
    void everyTableWithAKeyCanBeToldToKeepItsIds() {
        assertThat(PLAN.keepingIds())
                .isEqualTo("{\"defaults\":{\"mode\":\"append\"},\"tables\":["
                        + "{\"name\":\"shop.a\",\"key\":[\"x\",\"y\"],\"mode\":\"skip\",\"ids\":\"keep\"},"
                        + "{\"name\":\"b\",\"key\":[\"z\"],\"ids\":\"keep\"},"
                        + "{\"name\":\"c\",\"mode\":\"skip\"}]}");
    }
}
