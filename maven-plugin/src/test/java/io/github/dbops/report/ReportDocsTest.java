package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.migration.MigrationOutcome;
import io.github.dbops.migration.MigrationState;
import io.github.dbops.sync.SampleDetail;
import io.github.dbops.sync.SyncOutcome;
import io.github.dbops.sync.draft.InitOutcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportDocsTest {

    private static final Path PAGE = Path.of("../docs/reports.md");
    private static final Path IMAGES = Path.of("../docs/images");

    @Test
    void thePageShowsTheConsoleAsItIs() throws IOException {
        SyncOutcome outcome = Outcomes.dryRunWithChanges(Optional.empty());
        assertThat(PAGE).content().contains(String.join("\n", new ConsoleReport(outcome).lines()));
    }

    @ParameterizedTest
    @CsvSource({"sync-report-light.png, 1800, 1500", "sync-report-dark.png, 1800, 1000"})
    void thePageHasPicturesOfTheReportPage(String name, int width, int atLeast) throws IOException {
        BufferedImage picture = ImageIO.read(IMAGES.resolve(name).toFile());
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isBetween(atLeast, 2 * atLeast);
        assertThat(PAGE).content().containsPattern("!\\[[^]]{20,}]\\(images/" + name + "\\)");
    }

    @Test
    void thePicturesAreOfThePageAsItIs() throws IOException, GeneralSecurityException {
        String page = new HtmlReport(PageOutcomes.shop(Optional.of(SampleDetail.VALUES))).text();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(page.getBytes(StandardCharsets.UTF_8));
        assertThat(IMAGES.resolve("sync-report.sha256"))
                .as(
                        "the page that the pictures are of; new ones: "
                                + "mvn test -pl maven-plugin -Dtest=HtmlReportChromiumTest -Ddbops.golden=rewrite, and look at them")
                .content()
                .isEqualTo(HexFormat.of().formatHex(hash) + "\n");
    }

    @Test
    void thePageShowsADeployAsItIs() {
        MigrationOutcome outcome = MigrationGoldenReportTest.deployed();
        assertThat(PAGE).content().contains(String.join("\n", new MigrationConsoleReport(outcome).lines()));
    }

    @Test
    void thePageShowsAnInitAsItIs() {
        InitOutcome outcome = InitGoldenReportTest.written();
        assertThat(PAGE).content().contains(String.join("\n", new InitConsoleReport(outcome).lines()));
    }

    @ParameterizedTest
    @CsvSource({"SYNC, cells", "MIGRATE, recordedChecksum", "INIT, withheldKey", "UNDO, parentGone"})
    void thePageNamesEveryFieldOfTheJson(ReportSchema schema, String one) throws IOException {
        String page = Files.readString(PAGE);
        Set<String> fields = new TreeSet<>();
        Matcher field = Pattern.compile("\"(\\w+)\": \\{").matcher(Files.readString(schema.file()));
        while (field.find()) {
            fields.add(field.group(1));
        }
        assertThat(fields).contains("prismaCode", one);
        // The schema's own words, and its definitions of things that the page calls otherwise.
        fields.removeAll(Set.of(
                "items",
                "properties",
                "additionalProperties",
                "count",
                "phase",
                "sample",
                "cell",
                "row",
                "step",
                "resolution",
                "relation"));
        // Counted one by one; the states are explained on a page of their own.
        for (MigrationState state : MigrationState.values()) {
            fields.remove(state.word());
        }
        assertThat(fields).allSatisfy(name -> assertThat(page).containsPattern("`(problem\\.)?" + name + "(\\[])?`"));
    }
}
