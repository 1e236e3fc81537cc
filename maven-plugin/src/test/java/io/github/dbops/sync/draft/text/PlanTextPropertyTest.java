package io.github.dbops.sync.draft.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.dbops.sync.Mode;
import io.github.dbops.sync.Plan;
import io.github.dbops.sync.PlannedTable;
import io.github.dbops.sync.draft.ColumnFacts.Trait;
import io.github.dbops.sync.draft.Draft;
import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.Drafting;
import io.github.dbops.sync.draft.Family;
import io.github.dbops.sync.draft.KeyCandidate;
import io.github.dbops.sync.draft.LeftOut;
import io.github.dbops.sync.draft.Sketch;
import io.github.dbops.sync.draft.Survey;
import io.github.dbops.sync.draft.TriggerFacts;
import io.github.dbops.sync.plan.PlanFile;
import io.github.dbops.sync.plan.PlanReader;
import io.github.dbops.testing.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever tables and columns are called: a plan's reader reads exactly what was drafted, and comments stay comments. */
class PlanTextPropertyTest {

    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "/*",
            "*/",
            "//",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "a",
            "B",
            " ",
            "ü",
            "漢",
            "😀",
            "\u0001",
            "\u007f",
            "\u2028",
            "\u202e",
            "\u200b",
            "\ufeff",
            "$",
            "\\u0041",
            "key",
            "password",
            "#");

    private final Schema schema;

    @TempDir
    private Path folder;

    PlanTextPropertyTest() throws IOException {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../docs/schema/sync-plan.schema.json")), InputFormat.JSON);
    }

    @Test
    void whatIsWrittenIsReadAsItWasDrafted() {
        Property.forAll(300, this::check);
    }

    private void check(Random random) throws IOException {
        Draft draft = draft(random);
        String text = PlanText.of(draft, "mvn dbops:sync");
        Path file = folder.resolve("sync-plan.json");
        Files.writeString(file, text);

        Plan plan = PlanReader.read(new PlanFile(file, "sync-plan.json"));
        assertThat(plan.tables()).hasSameSizeAs(draft.tables());
        for (int i = 0; i < draft.tables().size(); i++) {
            assertSame(plan.tables().get(i), draft.tables().get(i));
        }
        // Without its comments it is JSON of the strictest kind, and as the schema wants it.
        String bare = text.lines()
                .filter(line -> !line.stripLeading().startsWith("//"))
                .collect(Collectors.joining("\n"));
        assertThat(schema.validate(bare, InputFormat.JSON)).isEmpty();
        assertThat(text).doesNotContain("\r").doesNotContain("\u202e").endsWith("\n");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).doesNotEndWith(" "));
    }

    private static void assertSame(PlannedTable read, DraftedTable drafted) {
        assertThat(read.name()).isEqualTo(drafted.planName());
        assertThat(read.key())
                .isEqualTo(drafted.key().map(KeyCandidate::columns).orElse(List.of()));
        assertThat(read.mode()).isEqualTo(Mode.SKIP);
        assertThat(read.exclude())
                .containsExactlyElementsOf(drafted.columns().exclude().keySet());
        assertThat(read.ignore())
                .containsExactlyElementsOf(drafted.columns().ignore().keySet());
        assertThat(read.sensitive())
                .containsExactlyElementsOf(drafted.columns().sensitive().keySet());
    }

    private static Draft draft(Random random) {
        List<String> tables = names(random, 1 + random.nextInt(4));
        List<Sketch> sketches = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            List<String> columns = names(random, 5);
            Sketch sketch = Sketch.table(tables.get(i)).serial(columns.get(0)).unique(columns.get(1));
            sketch.column(columns.get(2) + "_password", Family.TEXT)
                    .column("updated at", Family.MOMENT)
                    .column(columns.get(3), Family.OBJECT_ID)
                    .column(columns.get(4), Family.TEXT, Trait.NOT_NULL)
                    .index(List.of(columns.get(4), columns.get(1)))
                    .trigger(new TriggerFacts(columns.get(2), columns.get(3), random.nextBoolean(), Optional.empty()));
            if (i > 0) {
                sketch.parent("parent", tables.get(i - 1), columns.get(0));
            }
            if (random.nextInt(3) == 0) {
                sketch.obstacle("It is in the way.");
            }
            sketches.add(sketch);
        }
        Survey survey = Sketch.survey(sketches.toArray(Sketch[]::new));
        List<LeftOut> leftOut = names(random, 3).stream()
                .map(name -> new LeftOut(name, LeftOut.Why.values()[random.nextInt(LeftOut.Why.values().length)]))
                .toList();
        return Drafting.of(name(random), new Survey(survey.tables(), leftOut, Optional.empty()));
    }

    private static List<String> names(Random random, int count) {
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < count) {
            names.add(name(random));
        }
        return List.copyOf(names);
    }

    /** Up to PostgreSQL's 63 bytes, not blank. */
    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        int pieces = 1 + random.nextInt(20);
        for (int i = 0; i < pieces; i++) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            if ((name + piece).getBytes(StandardCharsets.UTF_8).length <= 63) {
                name.append(piece);
            }
        }
        return name.toString().isBlank() ? "x" + name : name.toString();
    }
}
