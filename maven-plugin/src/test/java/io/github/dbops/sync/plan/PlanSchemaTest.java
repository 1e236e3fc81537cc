package io.github.dbops.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.Ids;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.SampleDetail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors complete plans by says what the reader accepts. */
class PlanSchemaTest {

    private Json root;
    private Schema schema;

    @BeforeEach
    void readSchema() throws IOException {
        String text = Files.readString(Path.of("../docs/schema/sync-plan.schema.json"));
        root = JsonReader.read("schema", text);
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
    }

    @Test
    void knowsExactlyTheFieldsThatTheReaderKnows() {
        assertThat(names("properties")).containsExactlyInAnyOrderElementsOf(PlanFields.PLAN);
        assertThat(names("properties", "defaults", "properties"))
                .containsExactlyInAnyOrderElementsOf(PlanFields.DEFAULTS);
        assertThat(names("properties", "report", "properties")).containsExactlyInAnyOrderElementsOf(PlanFields.REPORT);
        assertThat(names("$defs", "table", "properties")).containsExactlyInAnyOrderElementsOf(PlanFields.TABLE);
    }

    @Test
    void knowsExactlyTheWordsThatTheReaderKnows() {
        assertThat(words("mode"))
                .containsExactlyElementsOf(
                        Stream.of(Mode.values()).map(Mode::word).toList());
        assertThat(words("onConflict"))
                .containsExactlyElementsOf(
                        Stream.of(OnConflict.values()).map(OnConflict::word).toList());
        assertThat(words("ids"))
                .containsExactlyElementsOf(
                        Stream.of(Ids.values()).map(Ids::word).toList());
        assertThat(words("samples"))
                .containsExactlyElementsOf(
                        Stream.of(SampleDetail.values()).map(SampleDetail::word).toList());
    }

    @Test
    void describesEveryField() {
        for (String[] place : new String[][] {{"properties"}, {"$defs", "table", "properties"}}) {
            Json.Structure properties = (Json.Structure) at(place);
            assertThat(properties.fields())
                    .allSatisfy(field -> assertThat(((Json.Structure) field.value()).fields())
                            .extracting(Json.Field::name)
                            .contains("description"));
        }
    }

    @Test
    void everyFieldHasALineOnThePageOfPlans() throws IOException {
        String page = Files.readString(Path.of("../docs/sync-plan.md"));
        Set<String> lines = Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(page)
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
        assertThat(lines)
                .containsAll(names("properties"))
                .containsAll(names("$defs", "table", "properties"))
                .contains("defaults.mode", "defaults.onConflict", "report.samples");
        assertThat(page).contains(words("samples")).contains(words("ids")).contains(words("mode"));
        assertThat(page).contains(words("onConflict"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ 'tables': [] }",
                "{ 'version': 1, '$schema': 'x', 'tables': [ { 'name': 'A' } ], 'report': {} }",
                "{ 'defaults': { 'mode': 'skip', 'onConflict': 'prod_wins' }, 'protectedTables': ['Payment*'], 'tables': ["
                        + " { 'name': 'Category', 'key': ['slug'], 'mode': 'upsert', 'onConflict': 'local_wins',"
                        + " 'columns': ['slug', 'title'], 'where': '\\'isDraft\\' = false' } ] }",
                "{ 'tables': [ { 'name': 's.A', 'key': ['k'], 'mode': 'append', 'exclude': [], 'ignore': ['u'],"
                        + " 'sensitive': ['e'], 'ids': 'keep', 'rawReferences': ['r'], 'undo': false } ],"
                        + " 'allowSideEffects': ['log'], 'report': { 'samples': 'none' } }"
            })
    void schemaAndReaderBothAccept(String plan) {
        assertThat(violations(plan)).isEmpty();
        assertThat(isRead(plan)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{ 'tables': {} }",
                "{ 'tables': [], 'version': 2 }",
                "{ 'tables': [], 'version': '1' }",
                "{ 'tables': [], 'extra': 1 }",
                "{ 'tables': [], 'defaults': { 'key': [] } }",
                "{ 'tables': [], 'report': { 'samples': 'all' } }",
                "{ 'tables': [], 'protectedTables': ['a', 'a'] }",
                "{ 'tables': [], 'allowSideEffects': [''] }",
                "{ 'tables': [ {} ] }",
                "{ 'tables': [ { 'name': ' ' } ] }",
                "{ 'tables': [ { 'name': 'A', 'mode': 'Upsert' } ] }",
                "{ 'tables': [ { 'name': 'A', 'onConflict': 'local' } ] }",
                "{ 'tables': [ { 'name': 'A', 'ids': 'new' } ] }",
                "{ 'tables': [ { 'name': 'A', 'key': 'id' } ] }",
                "{ 'tables': [ { 'name': 'A', 'where': null } ] }",
                "{ 'tables': [ { 'name': 'A', 'undo': 'true' } ] }",
                "{ 'tables': [ { 'name': 'A', 'columns': ['a', 'a'] } ] }",
            })
    void schemaAndReaderBothRefuse(String plan) {
        assertThat(violations(plan)).isNotEmpty();
        assertThat(isRead(plan)).isFalse();
    }

    private List<?> violations(String plan) {
        return schema.validate(plan.replace('\'', '"'), InputFormat.JSON);
    }

    private static boolean isRead(String plan) {
        try {
            PlanBinder.bind("plan.json", JsonReader.read("plan.json", plan.replace('\'', '"')));
            return true;
        } catch (ProblemException refusal) {
            return false;
        }
    }

    private List<String> names(String... path) {
        return ((Json.Structure) at(path))
                .fields().stream().map(Json.Field::name).toList();
    }

    private List<String> words(String definition) {
        return ((Json.Sequence) at("$defs", definition, "enum"))
                .elements().stream().map(word -> ((Json.Text) word).value()).toList();
    }

    private Json at(String... path) {
        Json here = root;
        for (String name : path) {
            here = ((Json.Structure) here)
                    .fields().stream()
                            .filter(field -> field.name().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .value();
        }
        return here;
    }
}
