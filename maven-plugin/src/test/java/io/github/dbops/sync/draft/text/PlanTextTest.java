package io.github.dbops.sync.draft.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.draft.ColumnFacts.Trait;
import io.github.dbops.sync.draft.Draft;
import io.github.dbops.sync.draft.Family;
import io.github.dbops.sync.draft.Sketch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    @Test
    void aSmallPlanInFull() {
        Draft draft = Sketch.draft(
                Sketch.table("Category")
                        .serial("id")
                        .unique("slug")
                        .column("updatedAt", Family.MOMENT, Trait.NOT_NULL)
                        .rows(4),
                Sketch.table("Order")
                        .column("id", Family.UUID, Trait.NOT_NULL)
                        .primaryKey("id")
                        .parent("categoryId", "Category", "id")
                        .column("email", Family.TEXT)
                        .rows(1_200),
                Sketch.table("Visit").serial("id").rows(0));
        assertThat(PlanText.of(draft, "mvn dbops:sync")).isEqualTo("""
                // Drafted by dbops:init from the database shop: 3 tables, 2 with a key. Parents stand before children.
                // Nothing is carried yet: each table is skipped. For each table that may travel:
                // 1. Read what is said of its key. It must tell rows apart, and mean the same, in both databases.
                // 2. Set its mode: "append" inserts the rows that production lacks; "upsert" does the same, and "onConflict"
                //   decides about the others.
                // 3. Add "onConflict": "local_wins" only where production's rows are to be overwritten.
                // A skipped table with a key still serves to translate references to it. Entries that you do not need can go.
                // Then look what would happen: mvn dbops:sync
                // All fields: docs/sync-plan.md of dbops.
                {
                  "$schema": "./sync-plan.schema.json",
                  "defaults": { "mode": "skip", "onConflict": "prod_wins" },
                  // Patterns of more tables that nobody may overwrite, "Payment*" for one. Order*, StripeEvent and NotificationLog
                  //   are protected anyway.
                  "protectedTables": [],
                  "tables": [
                    // public.Category: 4 rows. Referenced by Order.
                    // Key: unique index "Category_slug_key".
                    // Ignored: "updatedAt" (when a row was last changed, which each side sets itself).
                    // Inserted rows get their "id" from production.
                    {
                      "name": "Category",
                      "key": ["slug"],
                      "mode": "skip",
                      "ignore": ["updatedAt"]
                    },
                    // public.Order: 1,200 rows. References Category.
                    // Protected, as "Order*" always is: "local_wins" needs two words on the command line.
                    // Key: the primary key, an id: it means the same on both sides only where rows were copied.
                    // Sensitive: "email" (reaches a person).
                    {
                      "name": "Order",
                      "key": ["id"],
                      "mode": "skip",
                      "sensitive": ["email"]
                    },
                    // public.Visit: 0 rows.
                    // No key: "id" comes from a sequence, and no other columns are known to tell its rows apart; there are no rows
                    //   that could tell. Only where ids mean the same in both databases: "key": ["id"].
                    {
                      "name": "Visit",
                      "mode": "skip"
                    }
                  ]
                }
                """);
    }

    @Test
    void longListsAreCut() {
        Sketch hub = Sketch.table("hub").serial("id").unique("code");
        for (int i = 0; i < 8; i++) {
            hub.unique("colourway" + i);
        }
        Sketch[] tables = IntStream.range(0, 21)
                .mapToObj(i -> i == 20 ? hub : Sketch.table("t" + i).parent("hub_id", "hub", "id"))
                .toArray(Sketch[]::new);
        List<String> lines =
                PlanText.of(Sketch.draft(tables), "mvn dbops:sync").lines().toList();
        assertThat(lines)
                .contains("    // Or one of 3 more, which init-report.json has.")
                .anySatisfy(line ->
                        assertThat(line).contains("Referenced by t0, t1, t10").contains("and 8 more."));
    }
}
