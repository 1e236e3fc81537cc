package io.github.dbops.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.dbops.sync.Sample;
import io.github.dbops.sync.SampleDetail;
import java.io.IOException;
import java.util.List;

/** A row's fields in a report for programs. */
final class JsonRow {

    private JsonRow() {}

    /** {@code key}: columns and values. */
    static void key(JsonGenerator json, List<Sample.Cell> key) throws IOException {
        json.writeObjectFieldStart("key");
        for (Sample.Cell cell : key) {
            JsonDocument.string(json, cell.column(), cell.value());
        }
        json.writeEndObject();
    }

    /** {@code cells}: what changes, from what to what; empty where values are not to be shown. */
    static void cells(JsonGenerator json, List<Sample.Change> cells, SampleDetail detail) throws IOException {
        json.writeArrayFieldStart("cells");
        if (detail == SampleDetail.VALUES) {
            for (Sample.Change cell : cells) {
                json.writeStartObject();
                json.writeStringField("column", cell.column());
                JsonDocument.string(json, "before", cell.before());
                JsonDocument.string(json, "after", cell.after());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }
}
