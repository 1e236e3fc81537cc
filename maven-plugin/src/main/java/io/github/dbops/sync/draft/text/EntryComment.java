package io.github.dbops.sync.draft.text;

import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.KeyCandidate;
import io.github.dbops.sync.draft.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands above an entry of a first plan: how large the table is, why this key, what else there would be. */
final class EntryComment {

    private static final int MOST_ALTERNATIVES = 5;
    private static final int MOST_NAMES = 12;

    private EntryComment() {}

    /** The sentences, a paragraph each. */
    static List<String> of(DraftedTable table) {
        List<String> sentences = new ArrayList<>();
        sentences.add(table.table() + ": " + table.rows().words() + "."
                + names("References", table.references())
                + names("Referenced by", table.referencedBy()));
        sentences.set(0, Quoted.visible(sentences.get(0)));
        table.protectedBy()
                .ifPresent(pattern -> sentences.add("Protected, as " + Quoted.name(pattern)
                        + " always is: \"local_wins\" needs two words on the command line."));
        table.key().ifPresent(key -> sentences.add("Key: " + key.evidence() + "."));
        table.keyReason().ifPresent(reason -> sentences.add("No key: " + reason));
        table.withheld().ifPresent(key -> sentences.add("It would be " + said(key)));
        alternatives(sentences, table.alternatives());
        columns(sentences, "Excluded", table.columns().exclude(), why -> why);
        columns(sentences, "Ignored", table.columns().ignore(), why -> why.reason());
        columns(sentences, "Sensitive", table.columns().sensitive(), why -> why.reason());
        sentences.addAll(table.notes());
        return sentences;
    }

    private static void alternatives(List<String> sentences, List<KeyCandidate> alternatives) {
        alternatives.stream().limit(MOST_ALTERNATIVES).forEach(key -> sentences.add("Or " + said(key)));
        int more = alternatives.size() - MOST_ALTERNATIVES;
        if (more > 0) {
            sentences.add("Or one of " + more + " more, which init-report.json has.");
        }
    }

    private static String said(KeyCandidate key) {
        return "\"key\": [" + Quoted.names(key.columns()) + "]: " + key.evidence() + ".";
    }

    private static <W> void columns(
            List<String> sentences, String what, Map<String, W> columns, Function<W, String> reason) {
        if (!columns.isEmpty()) {
            sentences.add(what + ": "
                    + columns.entrySet().stream()
                            .map(c -> Quoted.name(c.getKey()) + " (" + reason.apply(c.getValue()) + ")")
                            .collect(Collectors.joining(", "))
                    + ".");
        }
    }

    private static String names(String lead, Collection<String> names) {
        int more = names.size() - MOST_NAMES;
        return names.isEmpty()
                ? ""
                : " " + lead + " " + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                        + (more > 0 ? " and " + more + " more" : "") + ".";
    }
}
