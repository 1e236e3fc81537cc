package io.github.dbops.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schemas of the reports for programs. */
enum ReportSchema {
    SYNC("sync-report.schema.json"),
    MIGRATE("migrate-report.schema.json"),
    INIT("init-report.schema.json"),
    UNDO("undo-report.schema.json");

    private final Path file;

    ReportSchema(String file) {
        this.file = Path.of("../docs/schema", file);
    }

    Path file() {
        return file;
    }

    void assertValid(String json) throws IOException {
        assertThat(errors(json)).as("violations of %s", file).isEmpty();
    }

    List<String> errors(String json) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(file), InputFormat.JSON);
        return schema
                .validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }
}
