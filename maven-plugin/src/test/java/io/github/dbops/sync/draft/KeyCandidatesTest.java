package io.github.dbops.sync.draft;

import static io.github.dbops.sync.draft.Sketch.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.draft.ColumnFacts.Trait;
import io.github.dbops.sync.draft.KeyCandidate.Grade;
import io.github.dbops.sync.draft.UniqueFacts.Limit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which columns of one table are candidates for its key, in which order, by which evidence. */
class KeyCandidatesTest {

    private static List<KeyCandidate> of(Sketch table) {
        return new KeyCandidates(table.surveyed(), Set.of()).ranked();
    }

    private static KeyCandidate only(Sketch table) {
        List<KeyCandidate> found = of(table);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void aUniqueIndexOnFilledColumnsIsTheBestEvidence() {
        KeyCandidate key = only(table("category").serial("id").unique("slug").rows(4));
        assertThat(key.columns()).containsExactly("slug");
        assertThat(key.grade()).isEqualTo(Grade.UNIQUE);
        assertThat(key.evidence()).isEqualTo("unique index \"category_slug_key\"");
    }

    @Test
    void amongIndexesTheMostTellingNameIsFirstAndNoSecretIsAny() {
        Sketch table = table("user")
                .serial("id")
                .unique("colourway")
                .unique("name")
                .unique("reset_token")
                .unique("email")
                .unique("username");
        assertThat(of(table))
                .extracting(k -> k.columns().get(0))
                .containsExactly("username", "email", "name", "colourway");
    }

    @Test
    void aSerialPrimaryKeyIsNoCandidateAndACompositeOneOfReferencesIs() {
        assertThat(of(table("actor").serial("id").rows(3))).isEmpty();
        Sketch join = table("film_actor")
                .parent("film_id", "film", "id")
                .parent("actor_id", "actor", "id")
                .primaryKey("film_id", "actor_id");
        assertThat(only(join))
                .isEqualTo(new KeyCandidate(List.of("film_id", "actor_id"), Grade.UNIQUE, "the primary key"));
    }

    @Test
    void aPrimaryKeyOfPlainIdsIsWeak() {
        assertThat(only(table("a").column("id", Family.UUID).primaryKey("id")).grade())
                .isEqualTo(Grade.PLAIN_ID);
        assertThat(only(table("a").column("id", Family.NUMBER).primaryKey("id")).grade())
                .isEqualTo(Grade.PLAIN_ID);
        assertThat(only(table("a").column("id", Family.TEXT).primaryKey("id")).grade())
                .isEqualTo(Grade.PLAIN_ID);
        assertThat(only(table("a")
                                .column("code", Family.TEXT)
                                .primaryKey("code")
                                .rows(2)
                                .generated("code"))
                        .grade())
                .isEqualTo(Grade.PLAIN_ID);
    }

    @Test
    void aPrimaryKeyThatMeansSomethingIsGood() {
        assertThat(only(table("coupon").column("code", Family.TEXT).primaryKey("code"))
                        .grade())
                .isEqualTo(Grade.UNIQUE);
        assertThat(only(table("customer")
                                .column("customer_id", Family.TEXT, Trait.SHORT)
                                .primaryKey("customer_id"))
                        .grade())
                .isEqualTo(Grade.UNIQUE);
        assertThat(only(table("season").column("year", Family.NUMBER).primaryKey("year"))
                        .grade())
                .isEqualTo(Grade.UNIQUE);
        Sketch shared = table("profile").parent("user_id", "user", "id").primaryKey("user_id");
        assertThat(only(shared).grade()).isEqualTo(Grade.UNIQUE);
    }

    @Test
    void aNullableIndexCountsOnlyWhereNoRowLacksAValue() {
        Sketch filled = table("user")
                .serial("id")
                .column("email", Family.TEXT)
                .index(List.of("email"))
                .rows(40);
        assertThat(only(filled.filled("email", 40, 40)))
                .isEqualTo(new KeyCandidate(
                        List.of("email"),
                        Grade.UNIQUE_WHERE_FILLED,
                        "unique index \"user_key\"; NULL is allowed, but no row has it now"));
        Sketch lacking = table("user")
                .serial("id")
                .column("email", Family.TEXT)
                .index(List.of("email"))
                .rows(40);
        assertThat(only(lacking.filled("email", 28, 28)))
                .isEqualTo(new KeyCandidate(
                        List.of("email"),
                        Grade.UNPROVEN,
                        "unique index \"user_key\"; but 12 of 40 rows have no \"email\""));
        Sketch unseen = table("user").serial("id").column("email", Family.TEXT).index(List.of("email"));
        assertThat(only(unseen.unseen("too many"))).satisfies(key -> {
            assertThat(key.grade()).isEqualTo(Grade.UNPROVEN);
            assertThat(key.evidence()).contains("was not looked at");
        });
    }

    @Test
    void weakIndexesAreSaidToBeSo() {
        Sketch deferrable = table("t").column("code", Family.TEXT, Trait.NOT_NULL);
        assertThat(only(deferrable.index(List.of("code"), Limit.DEFERRABLE, Limit.NULLS_NOT_DISTINCT))
                        .evidence())
                .isEqualTo("unique index \"t_key\", deferrable, NULLS NOT DISTINCT");
        Sketch partial = table("t").column("code", Family.TEXT, Trait.NOT_NULL).index(List.of("code"), Limit.PARTIAL);
        KeyCandidates none = new KeyCandidates(partial.index(List.of()).surveyed(), Set.of());
        assertThat(none.ranked()).isEmpty();
        assertThat(none.notes())
                .containsExactly(
                        "The unique index \"t_key\" does not cover all rows, so it proves no key.",
                        "The unique index \"t_key\" is over an expression, so it proves no key.");
    }

    @Test
    void whatASyncRefusesIsNoKeyAndTheReasonIsTold() {
        Sketch self = table("node").serial("id").reference("parent_id", "node", "id");
        self.column("parent_id", Family.NUMBER, Trait.NOT_NULL).column("name", Family.TEXT, Trait.NOT_NULL);
        KeyCandidates rejected =
                new KeyCandidates(self.index(List.of("parent_id", "name")).surveyed(), Set.of());
        assertThat(rejected.ranked()).isEmpty();
        assertThat(rejected.notes())
                .containsExactly(
                        "The unique index \"node_key\" makes no key: \"parent_id\" references the table itself.");

        Sketch type =
                table("place").column("spot", Family.OTHER, Trait.NOT_NULL).index(List.of("spot"));
        assertThat(new KeyCandidates(type.surveyed(), Set.of()).notes())
                .containsExactly("The unique index \"place_key\" makes no key: \"spot\" (other) cannot be in a key.");
        Sketch computed = table("place")
                .column("code", Family.TEXT, Trait.NOT_NULL, Trait.GENERATED)
                .index(List.of("code"));
        assertThat(new KeyCandidates(computed.surveyed(), Set.of()).notes())
                .containsExactly(
                        "The unique index \"place_key\" makes no key: \"code\" (text, computed) cannot be in a key.");
    }

    @Test
    void aPositionAloneIsWeakAndWithinAParentItIsGood() {
        Sketch alone = table("step").serial("id").column("position", Family.NUMBER, Trait.NOT_NULL);
        assertThat(only(alone.index(List.of("position"))).grade()).isEqualTo(Grade.PLAIN_ID);
        Sketch within = table("step").serial("id").parent("course_id", "course", "id");
        within.column("position", Family.NUMBER, Trait.NOT_NULL).index(List.of("course_id", "position"));
        assertThat(only(within).grade()).isEqualTo(Grade.UNIQUE);
    }

    @Test
    void rowsTellWhereNoIndexDoes() {
        Sketch named =
                table("genre").serial("id").column("name", Family.TEXT).rows(25).filled("name", 25, 25);
        assertThat(only(named))
                .isEqualTo(new KeyCandidate(
                        List.of("name"), Grade.UNIQUE_IN_DATA, "unique in all 25 rows, though no index keeps it so"));
        assertThat(of(table("genre")
                        .serial("id")
                        .column("name", Family.TEXT)
                        .rows(25)
                        .filled("name", 25, 24)))
                .isEmpty();
        assertThat(of(table("genre")
                        .serial("id")
                        .column("name", Family.TEXT)
                        .rows(25)
                        .filled("name", 24, 24)))
                .isEmpty();
    }

    @Test
    void oneRowOrAnOddNameProvesNothing() {
        Sketch lonely =
                table("genre").serial("id").column("name", Family.TEXT).rows(1).filled("name", 1, 1);
        assertThat(only(lonely).grade()).isEqualTo(Grade.UNPROVEN);
        Sketch odd = table("genre")
                .serial("id")
                .column("colourway", Family.TEXT)
                .rows(9)
                .filled("colourway", 9, 9);
        assertThat(only(odd).grade()).isEqualTo(Grade.UNPROVEN);
        Sketch chance = table("genre")
                .serial("id")
                .column("price", Family.NUMBER)
                .rows(9)
                .filled("price", 9, 9);
        assertThat(of(chance)).isEmpty();
    }

    @Test
    void withoutRowsATellingNameIsNamedAndNotProposed() {
        Sketch empty = table("genre").serial("id").column("name", Family.TEXT).column("colourway", Family.TEXT);
        assertThat(only(empty.filled("name", 0, 0).filled("colourway", 0, 0)))
                .isEqualTo(new KeyCandidate(
                        List.of("name"), Grade.UNPROVEN, "by its name alone, since there are no rows that could tell"));
    }

    @Test
    void aGeneratedIdInAnIndexIsWeak() {
        Sketch payment = table("payment").serial("id").column("uuid", Family.UUID, Trait.NOT_NULL);
        payment.column("paid", Family.MOMENT, Trait.NOT_NULL).index(List.of("uuid", "paid"));
        assertThat(only(payment).grade()).isEqualTo(Grade.PLAIN_ID);
    }

    @Test
    void aNameWithinAParentIsFoundInTheRows() {
        Sketch city =
                table("city").serial("id").parent("country_id", "country", "id").column("city", Family.TEXT);
        city.rows(600).filled("city", 600, 599).filled("country_id", 600, 109).together(600, "country_id", "city");
        assertThat(only(city).columns()).containsExactly("country_id", "city");
        assertThat(only(city).grade()).isEqualTo(Grade.UNIQUE_IN_DATA);
    }

    @Test
    void aBusinessLikeNameThatIsUniqueInTheRowsIsBetterThanAnId() {
        Sketch category =
                table("category").column("id", Family.UUID).primaryKey("id").column("title", Family.TEXT);
        assertThat(of(category.rows(8).filled("title", 8, 8)))
                .extracting(KeyCandidate::grade)
                .containsExactly(Grade.UNIQUE_IN_DATA, Grade.PLAIN_ID);
    }

    @Test
    void asksTheRowsNoMoreThanIsNeeded() {
        assertThat(new Questions(table("category")
                                .serial("id")
                                .unique("slug")
                                .column("title", Family.TEXT)
                                .facts())
                        .columns())
                .containsExactly("slug");
        Sketch city = table("city").serial("id").parent("country_id", "country", "id");
        city.column("city", Family.TEXT)
                .column("population", Family.NUMBER)
                .column("price", Family.DECIMAL)
                .column("secret", Family.TEXT)
                .column("updated_at", Family.MOMENT);
        Questions questions = new Questions(city.facts());
        assertThat(questions.columns()).containsExactlyInAnyOrder("country_id", "city", "population");
        city.rows(600).filled("city", 600, 599).filled("country_id", 600, 109).filled("population", 600, 590);
        assertThat(questions.pairs(600, city.surveyed().counted().columns()))
                .containsExactly(List.of("country_id", "city"));
        assertThat(questions.pairs(0, city.surveyed().counted().columns())).isEmpty();
    }
}
