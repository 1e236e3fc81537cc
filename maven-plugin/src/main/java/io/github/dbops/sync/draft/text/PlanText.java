package io.github.dbops.sync.draft.text;

import io.github.dbops.sync.Mode;
import io.github.dbops.sync.OnConflict;
import io.github.dbops.sync.draft.Draft;
import io.github.dbops.sync.draft.DraftedTable;
import io.github.dbops.sync.draft.LeftOut;
import io.github.dbops.sync.draft.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A draft as the text of a plan: JSON with line comments, two spaces, line feeds. Names stand in it so that no name can
 * become anything else.
 */
public final class PlanText {

    private static final String ENTRY = "    ";
    private static final String FIELD = ENTRY + "  ";

    private final Draft draft;
    private final String command;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Draft draft, String command) {
        this.draft = draft;
        this.command = command;
    }

    /**
     * The text, ending in a line feed.
     *
     * @param command how a sync by this plan is started
     */
    public static String of(Draft draft, String command) {
        return new PlanText(draft, command).text();
    }

    private String text() {
        head();
        lines.add("{");
        lines.add("  \"$schema\": \"./" + SchemaFile.NAME + "\",");
        lines.add("  \"defaults\": { \"mode\": " + Quoted.name(Mode.SKIP.word()) + ", \"onConflict\": "
                + Quoted.name(OnConflict.PROD_WINS.word()) + " },");
        comment(
                "  ",
                "Patterns of more tables that nobody may overwrite, \"Payment*\" for one. Order*, StripeEvent and"
                        + " NotificationLog are protected anyway.");
        lines.add("  \"protectedTables\": [],");
        lines.add("  \"tables\": [");
        for (int i = 0; i < draft.tables().size(); i++) {
            entry(draft.tables().get(i), i == draft.tables().size() - 1 ? "" : ",");
        }
        leftOut();
        lines.add("  ]");
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private void head() {
        comment(
                "",
                "Drafted by dbops:init from " + Quoted.visible(draft.source()) + ": "
                        + draft.tables().size() + (draft.tables().size() == 1 ? " table, " : " tables, ")
                        + draft.withKey()
                        + " with a key. Parents stand before children.");
        comment("", "Nothing is carried yet: each table is skipped. For each table that may travel:");
        comment("", "1. Read what is said of its key. It must tell rows apart, and mean the same, in both databases.");
        comment(
                "",
                "2. Set its mode: \"append\" inserts the rows that production lacks; \"upsert\" does the same, and"
                        + " \"onConflict\" decides about the others.");
        comment("", "3. Add \"onConflict\": \"local_wins\" only where production's rows are to be overwritten.");
        comment(
                "",
                "A skipped table with a key still serves to translate references to it. Entries that you do not need"
                        + " can go.");
        comment("", "Then look what would happen: " + Quoted.visible(command));
        comment("", "All fields: docs/sync-plan.md of dbops.");
    }

    private void entry(DraftedTable table, String separator) {
        EntryComment.of(table).forEach(sentence -> comment(ENTRY, sentence));
        List<String> fields = new ArrayList<>();
        fields.add(field("name", Quoted.name(table.planName())));
        table.key().ifPresent(key -> fields.add(field("key", list(key.columns()))));
        fields.add(field("mode", Quoted.name(Mode.SKIP.word())));
        addList(fields, "exclude", table.columns().exclude().keySet());
        addList(fields, "ignore", table.columns().ignore().keySet());
        addList(fields, "sensitive", table.columns().sensitive().keySet());
        lines.add(ENTRY + "{");
        lines.add(String.join(",\n", fields));
        lines.add(ENTRY + "}" + separator);
    }

    private static void addList(List<String> fields, String name, Collection<String> columns) {
        if (!columns.isEmpty()) {
            fields.add(field(name, list(columns)));
        }
    }

    private static String field(String name, String value) {
        return FIELD + Quoted.name(name) + ": " + value;
    }

    private static String list(Collection<String> names) {
        return "[" + Quoted.names(names) + "]";
    }

    private void leftOut() {
        if (draft.leftOut().isEmpty()) {
            return;
        }
        comment(ENTRY, "Without an entry:");
        for (LeftOut.Why why : LeftOut.Why.values()) {
            String names = draft.leftOut().stream()
                    .filter(relation -> relation.why() == why)
                    .map(relation -> Quoted.visible(relation.name()))
                    .collect(Collectors.joining(", "));
            if (!names.isEmpty()) {
                comment(ENTRY, "- " + why.title() + ": " + names + ".");
            }
        }
    }

    private void comment(String indentation, String sentence) {
        lines.addAll(Comment.lines(indentation, sentence));
    }
}
