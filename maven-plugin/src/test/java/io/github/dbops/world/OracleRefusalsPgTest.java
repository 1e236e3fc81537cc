package io.github.dbops.world;

import static io.github.dbops.sync.Mode.APPEND;
import static io.github.dbops.sync.Mode.SKIP;
import static io.github.dbops.sync.Mode.UPSERT;
import static io.github.dbops.sync.OnConflict.ERROR_ON_CONFLICT;
import static io.github.dbops.sync.OnConflict.LOCAL_WINS;
import static io.github.dbops.sync.OnConflict.PROD_WINS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.Ids;
import io.github.dbops.testing.TestServers;
import io.github.dbops.world.Column.Form;
import io.github.dbops.world.Column.Origin;
import io.github.dbops.world.Column.Presence;
import io.github.dbops.world.ForeignKey.Timing;
import io.github.dbops.world.UniqueIndex.Fold;
import io.github.dbops.world.UniqueIndex.Nulls;
import io.github.dbops.world.UniqueIndex.Part;
import io.github.dbops.world.UniqueIndex.Predicate;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the oracle says must, or may, be refused; one rule of the contract an example. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleRefusalsPgTest {

    private static final Entry BY_K = Entry.of(UPSERT, LOCAL_WINS, "k");

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
    void refusesToOverwriteAProtectedTableWithoutTheWords() throws SQLException {
        Sketch order = new Sketch().table("order_items", BY_K).column("k", "integer");

        assertThat(expect(order).refused()).containsExactly(Reason.PROTECTED);
        assertThat(expect(order.replanned("order_items", Entry.of(UPSERT, PROD_WINS, "k")))
                        .refused())
                .isEmpty();
        assertThat(expect(order.saysTheWords()).refused()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"jsonb, KEY_TYPE", "double precision, KEY_TYPE", "integer[], KEY_TYPE", "oid, UNSUPPORTED_COLUMN"})
    void refusesKeysAndColumnsOfSomeTypes(String type, Reason reason) throws SQLException {
        Sketch world = new Sketch().table("t", BY_K).column("k", type);

        assertThat(expect(world).refused()).containsExactly(reason);
    }

    @Test
    void refusesToLeaveARequiredColumnEmpty() throws SQLException {
        Sketch world = new Sketch().table("t", BY_K).column("k", "integer").column("must", "text");
        Sketch cuid =
                new Sketch().table("t", BY_K).id("id", "text", Origin.GIVEN).column("k", "integer");

        assertThat(expect(world).refused()).isEmpty();
        assertThat(expect(world.replanned("t", BY_K.exclude("must"))).refused()).containsExactly(Reason.NOT_PROVIDED);
        assertThat(expect(world.replanned("t", BY_K.columns("k"))).refused()).containsExactly(Reason.NOT_PROVIDED);
        assertThat(expect(world.replanned("t", BY_K.columns("k").ignore("must")))
                        .refused())
                .isEmpty();
        assertThat(expect(cuid).refused()).isEmpty();
        assertThat(expect(cuid.replanned("t", BY_K.columns("k"))).refused()).isEmpty();
        assertThat(expect(cuid.replanned("t", BY_K.ids(Ids.GENERATE))).refused())
                .containsExactly(Reason.NOT_PROVIDED);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "text, character varying(3), abc, -",
                "text, character varying(3), abcd, INEXACT",
                "bigint, integer, 2147483647, -",
                "bigint, integer, 2147483648, INEXACT",
                "numeric, 'numeric(6,2)', 1.500, -",
                "numeric, 'numeric(6,2)', 1.505, INEXACT",
                "numeric, 'numeric(6,2)', 10000, INEXACT",
                "timestamp, timestamp(0), 2024-01-01 00:00:00, -",
                "timestamp, timestamp(0), 2024-01-01 00:00:00.5, INEXACT",
                "'\"Mood\"', '\"Mood\"', happy, -",
                "'\"Mood\"', '\"Mood\"', only here, INEXACT",
                "jsonb, integer, 1, TYPE_MISMATCH",
            })
    void refusesValuesThatDoNotFit(String source, String target, String value, Reason reason) throws SQLException {
        Sketch world = new Sketch()
                .table("t", BY_K.where("k > 0"))
                .column("k", "integer")
                .changed("v", source, target)
                .source("t", "1", value);

        assertThat(expect(world).refused()).isEqualTo(reason == null ? Reason.none() : java.util.Set.of(reason));
    }

    @Test
    void acceptsAValueThatDoesNotFitWhereWhereLeavesItOut() throws SQLException {
        Sketch world = new Sketch()
                .table("t", BY_K.where("k > 1"))
                .column("k", "integer")
                .changed("v", "bigint", "integer")
                .source("t", "1", "2147483648");

        assertThat(expect(world).refused()).isEmpty();
    }

    @Test
    void refusesSourceRowsWithoutAKey() throws SQLException {
        Sketch world = new Sketch().table("t", BY_K).nullable("k", "text").source("t", (String) null);

        assertThat(expect(world).refused()).containsExactly(Reason.NULL_KEY);
        assertThat(expect(world.replanned("t", BY_K.where("k IS NOT NULL"))).refused())
                .isEmpty();
    }

    @Test
    void refusesAKeyThatASideHasTwice() throws SQLException {
        Sketch source = new Sketch()
                .table("t", BY_K)
                .column("k", "ext.citext")
                .source("t", "a")
                .source("t", "A");
        Sketch target = new Sketch()
                .table("t", BY_K)
                .column("k", "numeric")
                .target("t", "1")
                .target("t", "1.0");

        assertThat(expect(source).refused()).containsExactly(Reason.DUPLICATE_SOURCE);
        assertThat(expect(source).counts("t").duplicateSourceKeyGroups()).isEqualTo(1);
        assertThat(expect(source.replanned("t", BY_K.where("k::text = 'a'"))).refused())
                .isEmpty();
        assertThat(expect(target).refused()).containsExactly(Reason.DUPLICATE_TARGET);
    }

    @Test
    void refusesAnyConflictWhereThePlanSaysSo() throws SQLException {
        Sketch world = new Sketch()
                .table("t", Entry.of(UPSERT, ERROR_ON_CONFLICT, "k"))
                .column("k", "integer")
                .source("t", "1")
                .source("t", "2");

        assertThat(expect(world).refused()).isEmpty();
        world.target("t", "2");
        assertThat(expect(world).refused()).containsExactly(Reason.CONFLICT);
        assertThat(expect(world.replanned("t", Entry.of(APPEND, ERROR_ON_CONFLICT, "k")))
                        .refused())
                .isEmpty();
    }

    @Test
    void refusesToApplyWithBlockedRows() throws SQLException {
        Sketch world = new Sketch()
                .table("p", Entry.of(SKIP, PROD_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .table("c", BY_K)
                .column("k", "integer")
                .column("p_id", "integer")
                .reference("p_id", "p", "id")
                .source("p", "1", "here alone")
                .source("c", "1", "1");

        assertThat(expect(world).refused()).isEmpty();
        assertThat(expect(world).isBlocked()).isTrue();
    }

    @Test
    void refusesNumbersOfTablesOutsideOfThePlan() throws SQLException {
        Sketch world = new Sketch()
                .unlisted("region")
                .serial("id")
                .column("name", "text")
                .table("city", BY_K)
                .column("k", "integer")
                .nullable("region_id", "integer")
                .reference("region_id", "region", "id");

        assertThat(expect(world).refused()).containsExactly(Reason.RAW_REFERENCE);
        assertThat(expect(world.replanned("city", BY_K.rawReferences("region_id")))
                        .refused())
                .isEmpty();
        assertThat(expect(world.replanned("city", BY_K.exclude("region_id"))).refused())
                .isEmpty();
        assertThat(expect(world.replanned("region", Entry.of(SKIP, PROD_WINS))).refused())
                .containsExactly(Reason.RAW_REFERENCE);
        assertThat(expect(world.replanned("region", Entry.of(SKIP, PROD_WINS, "name")))
                        .refused())
                .isEmpty();
    }

    @Test
    void findsAMissingParentOutsideOfThePlanInTheApplyAlone() throws SQLException {
        Sketch world = new Sketch()
                .unlisted("country")
                .id("code", "text", Origin.GIVEN)
                .table("city", BY_K)
                .column("k", "integer")
                .nullable("country", "text")
                .reference("country", "country", "code")
                .source("country", "DE")
                .source("city", "1", "DE");

        assertThat(expect(world).refused()).isEmpty();
        assertThat(expect(world).applyRefused()).containsExactly(Reason.CONSTRAINT);
        world.target("country", "DE");
        assertThat(expect(world).applyRefused()).isEmpty();
    }

    @Test
    void findsANullThatTheTargetDoesNotAllow() throws SQLException {
        Sketch world = new Sketch()
                .table("t", BY_K)
                .column("k", "integer")
                .column(
                        "v",
                        new Form("text", Presence.NULLABLE),
                        new Form("text", Presence.NOT_NULL),
                        Origin.GIVEN,
                        null)
                .source("t", "1", null);

        assertThat(expect(world).applyRefused()).containsExactly(Reason.CONSTRAINT);
    }

    @ParameterizedTest
    @EnumSource(Timing.class)
    void refusesACircleThatNothingBreaks(Timing timing) throws SQLException {
        Sketch rigid = circle("hen_id", timing);

        assertThat(expect(rigid).refused())
                .isEqualTo(timing.isDeferrable() ? Reason.none() : java.util.Set.of(Reason.CYCLE));
        assertThat(expect(rigid.replanned("egg", Entry.of(SKIP, PROD_WINS, "k")))
                        .refused())
                .isEmpty();
    }

    /** Hens need eggs at once, eggs need hens. */
    private static Sketch circle(String column, Timing timing) {
        return new Sketch()
                .table("hen", BY_K)
                .id("id", "uuid", Origin.RANDOM_UUID)
                .column("k", "integer")
                .column("egg_id", "uuid")
                .reference("egg_id", "egg", "id")
                .table("egg", BY_K)
                .id("id", "uuid", Origin.RANDOM_UUID)
                .column("k", "integer")
                .column(column, "uuid")
                .reference(List.of(column), "hen", List.of("id"), timing);
    }

    @Test
    void breaksACircleByAColumnToFillLater() throws SQLException {
        Sketch nullable = new Sketch()
                .table("hen", BY_K)
                .id("id", "uuid", Origin.RANDOM_UUID)
                .column("k", "integer")
                .column("egg_id", "uuid")
                .reference("egg_id", "egg", "id")
                .table("egg", BY_K)
                .id("id", "uuid", Origin.RANDOM_UUID)
                .column("k", "integer")
                .nullable("hen_id", "uuid")
                .reference("hen_id", "hen", "id");
        Sketch excluded = circle("hen_id", Timing.AT_ONCE);

        assertThat(expect(nullable).refused()).isEmpty();
        assertThat(expect(nullable.replanned("egg", Entry.of(UPSERT, LOCAL_WINS, "hen_id", "k")))
                        .refused())
                .containsExactly(Reason.CYCLE);
        assertThat(expect(excluded.replanned("egg", BY_K.exclude("hen_id"))).refused())
                .containsExactly(Reason.NOT_PROVIDED);
    }

    @Test
    void letsATableThatReferencesItselfBeRefusedOrDoneRight() throws SQLException {
        Sketch world = new Sketch()
                .table("node", BY_K)
                .id("id", "uuid", Origin.RANDOM_UUID)
                .column("k", "integer")
                .column("parent_id", "uuid")
                .reference("parent_id", "node", "id");

        assertThat(expect(world).refused()).isEmpty();
        assertThat(expect(world).mayBeRefused()).containsExactly(Reason.CYCLE);
    }

    @Test
    void refusesTwoRowsForOneEntryOfAUniqueIndex() throws SQLException {
        Sketch world = users(UniqueIndex.Form.CONSTRAINT)
                .source("user", "new", "a@b", "t")
                .target("user", "old", "a@b", "f");

        assertThat(expect(world).refused()).containsExactly(Reason.COLLISION);
        assertThat(expect(world.replanned("user", BY_K.exclude("mail"))).refused())
                .isEmpty();
    }

    @Test
    void findsCollisionsAmongWrittenRowsWhereTheTargetAloneHasTheIndex() throws SQLException {
        Sketch folded = users(List.of(new Part("mail", Fold.LOWER)), null, Nulls.DISTINCT)
                .source("user", "1", "a@b", "t")
                .source("user", "2", "A@b", "t");
        Sketch partial = users(
                        List.of(new Part("mail", Fold.NONE)),
                        new Predicate("active", Predicate.Test.IS_TRUE),
                        Nulls.DISTINCT)
                .source("user", "1", "a@b", "t")
                .source("user", "2", "a@b", "f")
                .target("user", "3", "a@b", null);

        assertThat(expect(folded).refused()).containsExactly(Reason.COLLISION);
        assertThat(expect(partial).refused()).isEmpty();
        partial.target("user", "4", "a@b", "t");
        assertThat(expect(partial).refused()).containsExactly(Reason.COLLISION);
    }

    @Test
    void countsNullsAsEqualWhereTheIndexDoes() throws SQLException {
        List<Part> mail = List.of(new Part("mail", Fold.NONE));
        Sketch distinct =
                users(mail, null, Nulls.DISTINCT).source("user", "1", null, "t").source("user", "2", null, "t");
        Sketch same = users(mail, null, Nulls.NOT_DISTINCT)
                .source("user", "1", null, "t")
                .source("user", "2", null, "t");
        boolean known = arena.targetVersion() >= 15;

        assertThat(expect(distinct).refused()).isEmpty();
        assertThat(expect(same).refused()).isEqualTo(known ? java.util.Set.of(Reason.COLLISION) : Reason.none());
    }

    @Test
    void letsADryRunMissACollisionOfDefaults() throws SQLException {
        Form text = new Form("text", Presence.NULLABLE);
        Sketch world = new Sketch()
                .table("t", BY_K.exclude("v"))
                .column("k", "integer")
                .column("v", text, text, Origin.DEFAULT, "'same'::text")
                .unique(List.of(new Part("v", Fold.NONE)), null, Nulls.DISTINCT)
                .source("t", "1", "one")
                .target("t", "2", "other");

        assertThat(expect(world).applyRefused()).isEmpty();
        world.source("t", "3", "three");
        assertThat(expect(world).refused()).isEmpty();
        assertThat(expect(world).mayBeRefused()).containsExactly(Reason.COLLISION_OF_DEFAULTS);
        assertThat(expect(world).applyRefused()).containsExactly(Reason.COLLISION_OF_DEFAULTS);
    }

    @Test
    void refusesToSwapValuesOfAnIndexThatIsNotDeferrable() throws SQLException {
        assertThat(expect(swapped(users(UniqueIndex.Form.INDEX))).refused()).containsExactly(Reason.COLLISION);
        assertThat(expect(swapped(users(UniqueIndex.Form.DEFERRABLE_CONSTRAINT)))
                        .refused())
                .isEmpty();
    }

    private static Sketch swapped(Sketch users) {
        return users.source("user", "1", "one", "t")
                .source("user", "2", "two", "t")
                .target("user", "1", "two", "t")
                .target("user", "2", "one", "t");
    }

    @Test
    void letsAnInsertTakeWhatAnUpdateGivesUp() throws SQLException {
        Sketch world = users(UniqueIndex.Form.INDEX)
                .source("user", "1", "new", "t")
                .source("user", "2", "old", "t")
                .target("user", "1", "old", "t");

        assertThat(expect(world).refused()).isEmpty();
    }

    private static Sketch users(UniqueIndex.Form form) {
        return bareUsers().unique(form, "mail");
    }

    private static Sketch users(List<Part> parts, @org.jspecify.annotations.Nullable Predicate predicate, Nulls nulls) {
        return bareUsers().unique(parts, predicate, nulls);
    }

    private static Sketch bareUsers() {
        return new Sketch()
                .table("user", BY_K)
                .column("k", "text")
                .nullable("mail", "text")
                .nullable("active", "boolean");
    }

    @Test
    void refusesACarriedIdThatAnotherRowOwns() throws SQLException {
        Sketch world = new Sketch()
                .table("t", BY_K)
                .id("id", "text", Origin.GIVEN)
                .column("k", "integer")
                .source("t", "c1", "1")
                .target("t", "c1", "2");
        Sketch counted = new Sketch()
                .table("t", BY_K)
                .serial("id")
                .column("k", "integer")
                .source("t", "1", "1")
                .target("t", "1", "2");

        assertThat(expect(world).refused()).containsExactly(Reason.COLLISION);
        assertThat(expect(counted).refused()).isEmpty();
        assertThat(expect(counted.replanned("t", BY_K.ids(Ids.KEEP))).refused()).containsExactly(Reason.COLLISION);
    }

    @Test
    void seesCollisionsOfTranslatedReferences() throws SQLException {
        Sketch world = new Sketch()
                .table("p", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .table("c", BY_K)
                .column("k", "integer")
                .column("p_id", "integer")
                .unique(UniqueIndex.Form.CONSTRAINT, "p_id")
                .reference("p_id", "p", "id")
                .source("p", "1", "one")
                .target("p", "2", "one")
                .target("p", "1", "two")
                .source("c", "1", "1")
                .target("c", "2", "1");

        assertThat(expect(world).refused()).isEmpty();
        world.target("c", "3", "2");
        assertThat(expect(world).refused()).containsExactly(Reason.COLLISION);
    }

    @Test
    void letsAChangeOfAReferencedValueBeRefused() throws SQLException {
        Sketch world = new Sketch()
                .table("p", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .column("name", "text")
                .column("code", "text")
                .unique(UniqueIndex.Form.CONSTRAINT, "code")
                .table("c", BY_K)
                .column("k", "integer")
                .column("code", "text")
                .reference("code", "p", "code")
                .source("p", "x", "new")
                .target("p", "x", "old");

        assertThat(expect(world).mayBeRefused()).isEmpty();
        world.target("c", "1", "old");
        assertThat(expect(world).mayBeRefused())
                .containsExactlyInAnyOrder(Reason.REFERENCED_VALUE_CHANGES, Reason.COLLISION);
    }

    @Test
    void refusesReferencesThatShareAColumnAndDoNotAgree() throws SQLException {
        Sketch world = new Sketch()
                .table("tenant", Entry.of(UPSERT, LOCAL_WINS, "name"))
                .serial("id")
                .column("name", "text")
                .table("p", Entry.of(UPSERT, PROD_WINS, "name"))
                .serial("id")
                .column("tenant_id", "integer")
                .column("name", "text")
                .unique(UniqueIndex.Form.CONSTRAINT, "tenant_id", "id")
                .reference("tenant_id", "tenant", "id")
                .table("c", BY_K)
                .column("k", "integer")
                .column("tenant_id", "integer")
                .column("p_id", "integer")
                .reference("tenant_id", "tenant", "id")
                .reference(List.of("tenant_id", "p_id"), "p", List.of("tenant_id", "id"), Timing.AT_ONCE)
                .source("tenant", "1", "acme")
                .target("tenant", "7", "acme")
                .target("tenant", "8", "bolt")
                .source("p", "5", "1", "chair")
                .source("c", "1", "1", "5");

        assertThat(expect(world).applyRefused()).isEmpty();
        world.target("p", "5", "8", "chair");
        assertThat(expect(world).applyRefused()).containsExactly(Reason.TORN_REFERENCES);
    }

    @Test
    void refusesWhatTriggersDo() throws SQLException {
        Form time = new Form("timestamptz", Presence.NOT_NULL);
        Sketch touched = new Sketch()
                .table("t", BY_K)
                .column("k", "integer")
                .column("updated", time, time, Origin.TOUCHED, "'2031-01-01 00:00:00+00'")
                .source("t", "1", "2024-01-01 00:00:00+00");
        Sketch logged =
                new Sketch().table("t", BY_K).column("k", "integer").audited().source("t", "1");

        assertThat(expect(touched).applyRefused()).containsExactly(Reason.CHANGED_BY_TRIGGER);
        assertThat(expect(touched.replanned("t", BY_K.ignore("updated"))).applyRefused())
                .isEmpty();
        assertThat(expect(logged).applyRefused()).containsExactly(Reason.TOUCHED);
        assertThat(expect(logged.allowsTheLog()).applyRefused()).isEmpty();
        logged.target("t", "1");
        assertThat(expect(logged.replanned("t", BY_K)).applyRefused()).isEmpty();
    }

    private Expectation expect(Sketch sketch) throws SQLException {
        World world = sketch.world(arena.sourceVersion(), arena.targetVersion());
        arena.load(world, Side.SOURCE);
        arena.load(world, Side.TARGET);
        return arena.oracle(world).expectation();
    }
}
