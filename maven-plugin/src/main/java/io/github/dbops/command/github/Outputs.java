package io.github.dbops.command.github;

import io.github.dbops.github.Findings;
import io.github.dbops.github.Posted;
import io.github.dbops.github.PublishedReport;
import io.github.dbops.run.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The step's outputs; spec section 6. Every name is always there, empty where its value is not known. */
final class Outputs {

    private Outputs() {}

    static Map<String, String> of(
            Optional<PublishedReport> report, Optional<Findings> findings, Optional<Posted> posted) {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("digest", text(findings, f -> f.digest().map(Digest::hex)));
        outputs.put("has-changes", text(findings, Findings::hasChanges));
        outputs.put("to-insert", count(findings, Findings::toInsert));
        outputs.put("to-update", count(findings, Findings::toUpdate));
        outputs.put("conflicts", count(findings, Findings::conflicts));
        outputs.put("pending", count(findings, Findings::pending));
        outputs.put(
                "problem-code",
                text(findings, f -> f.problems().stream().findFirst().map(Findings.Trouble::code)));
        outputs.put("report-json", report.map(r -> r.json().toString()).orElse(""));
        outputs.put("report-markdown", report.map(r -> r.markdown().toString()).orElse(""));
        outputs.put("comment-url", posted.map(Posted::page).orElse(""));
        return outputs;
    }

    private static String count(Optional<Findings> findings, Function<Findings, Optional<Long>> count) {
        return text(findings.filter(f -> !f.isUncounted()), count);
    }

    private static <T> String text(Optional<Findings> findings, Function<Findings, Optional<T>> value) {
        return findings.flatMap(value).map(Object::toString).orElse("");
    }
}
