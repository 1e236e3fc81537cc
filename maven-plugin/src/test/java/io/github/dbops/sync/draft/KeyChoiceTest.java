package io.github.dbops.sync.draft;

import static io.github.dbops.sync.draft.Sketch.draft;
import static io.github.dbops.sync.draft.Sketch.key;
import static io.github.dbops.sync.draft.Sketch.of;
import static io.github.dbops.sync.draft.Sketch.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.draft.ColumnFacts.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The keys of all tables together are such that a sync runs when all of them are switched on. */
class KeyChoiceTest {

    @Test
    void aKeyMayLeadThroughAParentsKey() {
        Draft draft = draft(
                table("tenant").serial("id").unique("slug"),
                table("page").serial("id").parent("tenant_id", "tenant", "id").unique("path"));
        assertThat(key(draft, "page")).containsExactly("path");
        assertThat(of(draft, "page").references()).containsExactly("tenant");
        assertThat(of(draft, "tenant").referencedBy()).containsExactly("page");
    }

    @Test
    void aTableThatReferencesNumbersOfATableWithoutAKeyGetsNone() {
        Draft draft = draft(
                table("actor").serial("id"),
                table("film").serial("id").unique("code"),
                table("film_actor")
                        .parent("film_id", "film", "id")
                        .parent("actor_id", "actor", "id")
                        .primaryKey("film_id", "actor_id"),
                table("award").serial("id").unique("code").parent("cast_film", "film_actor", "film_id"));
        assertThat(key(draft, "film")).containsExactly("code");
        assertThat(key(draft, "film_actor")).isEmpty();
        assertThat(of(draft, "film_actor").withheld().orElseThrow().columns()).containsExactly("film_id", "actor_id");
        assertThat(of(draft, "film_actor").keyReason())
                .contains("\"actor_id\" references \"actor\", whose ids come from a sequence and which has no key here."
                        + " Give that table a key first.");
        assertThat(of(draft, "actor").keyReason())
                .contains(
                        "\"id\" comes from a sequence, and no other columns are known to tell its rows apart; there are no rows"
                                + " that could tell. Only where"
                                + " ids mean the same in both databases: \"key\": [\"id\"].");
        // The number that it holds is the film's.
        assertThat(key(draft, "award")).isEmpty();
    }

    @Test
    void plainIdsOfATableWithoutAKeyAreCarriedAsTheyAre() {
        Draft draft = draft(
                table("visitor").column("id", Family.UUID).column("note", Family.TEXT),
                table("visit")
                        .serial("id")
                        .unique("code")
                        .column("visitor_id", Family.UUID)
                        .reference("visitor_id", "visitor", "id"));
        assertThat(key(draft, "visit")).containsExactly("code");
    }

    @Test
    void keysThatLeadThroughEachOtherTakeTheNextCandidateOrNone() {
        Sketch left =
                table("left").serial("id").parent("right_id", "right", "id").index(List.of("right_id"));
        Sketch right =
                table("right").serial("id").deferrable("left_id", "left", "id").index(List.of("left_id"));
        Draft withoutChoice = draft(left, right);
        assertThat(key(withoutChoice, "left")).isEmpty();
        assertThat(key(withoutChoice, "right")).isEmpty();
        assertThat(of(withoutChoice, "right").keyReason().orElseThrow())
                .isEqualTo("Keys lead in a circle: left -> right -> left.");

        right.unique("colourway");
        Draft withChoice = draft(left, right);
        assertThat(key(withChoice, "left")).containsExactly("right_id");
        assertThat(key(withChoice, "right")).containsExactly("colourway");
    }

    @Test
    void aCircleInWhichNoForeignKeyCanWaitIsLeftOpen() {
        Sketch store = table("store").serial("id").unique("code").parent("manager_id", "staff", "id");
        Sketch staff = table("staff").serial("id").unique("email").parent("store_id", "store", "id");
        Draft draft = draft(store, staff);
        assertThat(key(draft, "store")).isEmpty();
        assertThat(key(draft, "staff")).isEmpty();
        assertThat(of(draft, "store").keyReason().orElseThrow())
                .isEqualTo(
                        "Foreign keys lead in a circle in which none can wait: staff -> store -> staff. Make one of them"
                                + " DEFERRABLE, or its column nullable.");
        assertThat(of(draft, "staff").keyReason().orElseThrow()).contains("references \"store\"");
    }

    @Test
    void aCircleThatCanWaitIsNoObstacle() {
        Sketch store = table("store").serial("id").unique("code").deferrable("manager_id", "staff", "id");
        Sketch staff = table("staff").serial("id").unique("email").parent("store_id", "store", "id");
        assertThat(key(draft(store, staff), "store")).containsExactly("code");
        assertThat(key(draft(store, staff), "staff")).containsExactly("email");

        Sketch nullable = table("store").serial("id").unique("code").column("manager_id", Family.NUMBER);
        Draft draft = draft(nullable.reference("manager_id", "staff", "id"), staff);
        assertThat(key(draft, "store")).containsExactly("code");
        assertThat(key(draft, "staff")).containsExactly("email");
    }

    @Test
    void aSelfReferenceIsNoObstacle() {
        Draft draft = draft(table("node").serial("id").unique("code").parent("parent_id", "node", "id"));
        assertThat(key(draft, "node")).containsExactly("code");
        assertThat(of(draft, "node").referencedBy()).isEmpty();
    }

    @Test
    void whatCannotBeReadGetsNoKeyAndNeitherDoWhatReferencesIt() {
        Draft draft = draft(
                table("a").serial("id").unique("code").obstacle("The role may not read it."),
                table("b").serial("id").unique("code").parent("a_id", "a", "id"));
        assertThat(of(draft, "a").keyReason()).contains("The role may not read it.");
        assertThat(key(draft, "b")).isEmpty();
    }

    @Test
    void theTargetTakesPartWhereItWasLookedAt() {
        Sketch[] source = {
            table("here").serial("id").unique("code"),
            table("both").serial("id").unique("code").unique("slug"),
            table("plain").column("id", Family.NUMBER).primaryKey("id")
        };
        Survey survey = Sketch.survey(source)
                .withTarget(byName(
                        table("both").serial("id").column("slug", Family.TEXT, Trait.NOT_NULL),
                        table("plain").serial("id")));
        Draft draft = Drafting.of("x", survey);
        assertThat(of(draft, "here").keyReason())
                .contains("The target has no such table; bring it to the same migrations first.");
        assertThat(key(draft, "both")).containsExactly("slug");
        assertThat(of(draft, "both").notes())
                .contains("The target has no unique index on the key: an apply keeps other writers out of the table.");
        // Its numbers come from a sequence there.
        assertThat(key(draft, "plain")).isEmpty();
    }

    @Test
    void referencesThatNoForeignKeyDeclaresAreToldAndMakeWeakKeys() {
        Sketch store = table("store").serial("store_id").column("manager_staff_id", Family.NUMBER, Trait.NOT_NULL);
        Draft draft = draft(
                store.index(List.of("manager_staff_id")),
                table("staff").serial("staff_id").unique("email"),
                table("post").serial("id").unique("slug").column("created_by_author_id", Family.NUMBER),
                table("authors").serial("id").unique("email"));
        assertThat(of(draft, "store").key().orElseThrow().grade()).isEqualTo(KeyCandidate.Grade.PLAIN_ID);
        assertThat(of(draft, "store").key().orElseThrow().evidence())
                .endsWith("though \"manager_staff_id\" looks like a reference that no foreign key declares");
        assertThat(of(draft, "post").notes())
                .contains("\"created_by_author_id\" looks like a reference to \"authors\" that no foreign key declares:"
                        + " its numbers would be carried as they are.");
    }

    @Test
    void parentsStandBeforeChildrenAndEqualsByName() {
        Draft draft = draft(
                table("z").serial("id").unique("code"),
                table("b").serial("id").unique("code").parent("z_id", "z", "id"),
                table("a").serial("id").unique("code").parent("b_id", "b", "id"),
                table("c").serial("id").unique("code"));
        assertThat(draft.tables()).extracting(DraftedTable::planName).containsExactly("c", "z", "b", "a");
    }

    @Test
    void theOrderOfTablesDoesNotMatter() {
        Sketch[] tables = {
            table("store").serial("id").unique("code").parent("manager_id", "staff", "id"),
            table("staff").serial("id").unique("email").parent("store_id", "store", "id"),
            table("sale").serial("id").unique("number").parent("staff_id", "staff", "id"),
            table("country").serial("id").unique("iso")
        };
        Draft draft = draft(tables);
        Sketch[] reversed = {tables[3], tables[2], tables[1], tables[0]};
        assertThat(draft(reversed)).isEqualTo(draft);
    }

    @Test
    void columnsAreSortedIntoWhatBecomesOfThem() {
        Draft draft = draft(table("account")
                .serial("id")
                .unique("email")
                .column("passwordHash", Family.TEXT)
                .column("updatedAt", Family.MOMENT, Trait.NOT_NULL)
                .column("picture", Family.OBJECT_ID)
                .column("computedAt", Family.MOMENT, Trait.GENERATED));
        DraftedTable.Columns columns = of(draft, "account").columns();
        assertThat(columns.sensitive()).containsOnlyKeys("email", "passwordHash");
        assertThat(columns.ignore()).containsOnlyKeys("updatedAt");
        assertThat(columns.exclude()).containsOnlyKeys("picture");
        assertThat(of(draft, "account").notes()).contains("Inserted rows get their \"id\" from production.");
    }

    @Test
    void dbopsOwnPatternsAreTold() {
        Draft draft = draft(
                table("order_items").serial("id"),
                table("stripe_events").serial("id"),
                table("reorder").serial("id"));
        assertThat(of(draft, "order_items").protectedBy()).contains("Order*");
        assertThat(of(draft, "stripe_events").protectedBy()).contains("StripeEvent");
        assertThat(of(draft, "reorder").protectedBy()).isEmpty();
    }

    private static Map<String, TableFacts> byName(Sketch... tables) {
        return Arrays.stream(tables)
                .map(Sketch::facts)
                .collect(Collectors.toMap(TableFacts::planName, Function.identity()));
    }
}
