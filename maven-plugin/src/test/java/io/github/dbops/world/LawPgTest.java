package io.github.dbops.world;

import static io.github.dbops.sync.Mode.UPSERT;
import static io.github.dbops.sync.OnConflict.LOCAL_WINS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dbops.sync.UndoOutcome;
import io.github.dbops.testing.TestServers;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The clause of the law that is about {@code dbops:undo}, with undos that do too little or too much. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LawPgTest {

    private Arena arena;

    @BeforeAll
    void open() throws SQLException {
        arena = new Arena(TestServers.oldest(), TestServers.newest());
    }

    @AfterAll
    void close() throws SQLException {
        arena.close();
    }

    @Test
    void holdsWhereAnUndoBringsBackWhatWas() throws SQLException {
        new Law(arena, Undo.GOAL).check(shelf());
    }

    @Test
    void isBrokenByAnUndoThatLeavesAnything() {
        Law law = new Law(arena, (operator, run, heard) -> {
            operator.target().execute("UPDATE shelf SET title = 'theirs' WHERE slug = 'shoes'");
            return Undo.GOAL.undo(operator, run, heard);
        });

        assertThat(broken(law, shelf()).clause()).isEqualTo("an undo takes back all that was recorded");
    }

    @Test
    void isBrokenByAnUndoThatDoesMore() {
        Law law = new Law(arena, (operator, run, heard) -> {
            UndoOutcome outcome = Undo.GOAL.undo(operator, run, heard);
            operator.target().execute("DELETE FROM shelf WHERE slug = 'vintage'");
            return outcome;
        });

        assertThat(broken(law, shelf()).clause()).isEqualTo("an undo brings back what was");
    }

    private static Law.Broken broken(Law law, World world) {
        return catchThrowableOfType(Law.Broken.class, () -> law.check(world));
    }

    private World shelf() {
        return new Sketch()
                .table("shelf", Entry.of(UPSERT, LOCAL_WINS, "slug"))
                .column("slug", "text")
                .column("title", "text")
                .source("shelf", "bags", "Bags")
                .source("shelf", "shoes", "Shoes & Boots")
                .target("shelf", "shoes", "Shoes")
                .target("shelf", "vintage", "Vintage")
                .world(arena.sourceVersion(), arena.targetVersion());
    }
}
