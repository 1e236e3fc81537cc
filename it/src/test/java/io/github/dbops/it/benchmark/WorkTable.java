package io.github.dbops.it.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the methods have the servers do, counted instead of timed. */
final class WorkTable {

    private static final double MEGABYTE = 1e6;

    private final List<String> lines = new ArrayList<>();

    /**
     * What one method did.
     *
     * @param source with the source's server
     * @param target with the target's
     */
    record Work(ServerWork source, ServerWork target) {}

    void add(Case each, Method method, Work work) {
        lines.add(line(each.title() + " | " + method.title() + " | source", work.source()));
        lines.add(line(" | | target", work.target()));
    }

    private static String line(String what, ServerWork work) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.2f | %.3f | %.3f |",
                what,
                work.statements(),
                work.rows(),
                work.seconds(),
                work.sent() / MEGABYTE,
                work.received() / MEGABYTE);
    }

    /** As Markdown. */
    String text() {
        return """
                | case | what | server | statements | rows | seconds in them | MB to it | MB from it |
                |---|---|---|--:|--:|--:|--:|--:|
                %s
                """.formatted(String.join("\n", lines));
    }
}
