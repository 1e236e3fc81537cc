package io.github.dbops.github;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What pull request and job summary show of a report.
 *
 * @param report the Markdown report, shortened where a comment cannot hold it
 * @param footer a link to the run, as a paragraph; empty outside of a run
 */
public record CommentText(String report, String footer) {

    /** GitHub's limit; "Body is too long (maximum is 65536 characters)". */
    static final int MOST_CHARACTERS = 65_536;

    // Its marker and a blank line.
    private static final int MARKER = 200;

    // What differs between two runs that found the same: exactly these forms, so that nobody can hide words in them.
    private static final Pattern RUN = Pattern.compile("<sub>Run `[0-9a-f-]{36}`, [0-9T:.Z-]{10,40}</sub>");
    private static final Pattern LINK =
            Pattern.compile("<sub>\\[Run [0-9]+, attempt [0-9]+]\\((\\S+)/runs/[0-9]+/attempts/[0-9]+\\)</sub>");

    /** The text of a report, and of the run that wrote it. */
    public static CommentText of(PublishedReport report, Optional<Findings> findings, ActionsEnvironment environment) {
        String footer = environment
                .runPage()
                .map(page -> "\n<sub>[Run " + environment.runId() + ", attempt " + environment.runAttempt() + "]("
                        + page + ")</sub>\n")
                .orElse("");
        String text = report.text();
        boolean fits = text.length() + footer.length() + MARKER <= MOST_CHARACTERS;
        return new CommentText(fits ? text : brief(report, findings), footer);
    }

    /** Without a marker, for the job summary. */
    public String text() {
        return report + footer;
    }

    /** As a comment. */
    String body(CommentIdentity identity) {
        return identity.marker() + "\n" + text();
    }

    /** Whether two comments say the same, whichever run found it. */
    static boolean saysTheSame(String body, String other) {
        return stable(body).equals(stable(other));
    }

    private static String stable(String body) {
        return body.lines()
                .map(String::stripTrailing)
                .map(CommentText::stableLine)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    private static String stableLine(String line) {
        if (RUN.matcher(line).matches()) {
            return "run";
        }
        return LINK.matcher(line).replaceFirst("link $1");
    }

    // dbops' own reports are shortened long before; this is for a file that somebody else has written.
    private static String brief(PublishedReport report, Optional<Findings> findings) {
        String digest = findings.flatMap(Findings::digest)
                .map(found -> "\nDigest `" + found.hex() + "`\n")
                .orElse("");
        String counts = findings.map(CommentText::counts).orElse("");
        return "## dbops " + report.goal() + "\n\n_The report is too long for a comment; `" + report.goal()
                + "-report.md` of the run has it._\n" + counts + digest;
    }

    private static String counts(Findings findings) {
        StringBuilder lines = new StringBuilder();
        findings.toInsert().ifPresent(n -> lines.append("\n- to insert: ").append(n));
        findings.toUpdate().ifPresent(n -> lines.append("\n- to update: ").append(n));
        findings.conflicts().ifPresent(n -> lines.append("\n- conflicts: ").append(n));
        findings.pending().ifPresent(n -> lines.append("\n- pending: ").append(n));
        findings.problems().stream()
                .findFirst()
                .ifPresent(p -> lines.append("\n- problem: `").append(code(p)).append("`"));
        return lines.isEmpty() ? "" : lines.append("\n").toString();
    }

    private static String code(Findings.Trouble problem) {
        return problem.code().replaceAll("[^A-Z0-9-]", "");
    }
}
