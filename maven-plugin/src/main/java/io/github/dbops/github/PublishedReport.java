package io.github.dbops.github;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The report files that a goal left.
 *
 * @param goal whose
 * @param json {@code <goal>-report.json}
 * @param markdown {@code <goal>-report.md}
 */
public record PublishedReport(String goal, Path json, Path markdown) {

    /** The goals whose reports a pull request sees. */
    public static final List<String> GOALS = List.of("sync", "undo", "migrate-deploy", "migrate-status", "resolve");

    private static final long MOST_BYTES = 64L << 20;

    /** A goal's report in a folder; empty where it left none. */
    public static Optional<PublishedReport> of(String goal, Path folder) {
        PublishedReport report =
                new PublishedReport(goal, folder.resolve(goal + "-report.json"), folder.resolve(goal + "-report.md"));
        return Optional.of(report)
                .filter(found -> Files.isRegularFile(found.json) && Files.isRegularFile(found.markdown));
    }

    /** The report that was written last, whatever the goal; empty where there is none. */
    public static Optional<PublishedReport> newest(Path folder) {
        return GOALS.stream()
                .flatMap(goal -> of(goal, folder).stream())
                .max(Comparator.comparing(PublishedReport::writtenAt));
    }

    /**
     * What the JSON report says.
     *
     * @throws ProblemException (REPORT_UNREADABLE)
     */
    public Findings findings() {
        try {
            return Findings.of(text(json));
        } catch (IllegalArgumentException e) {
            throw unreadable(json, "It is no report: " + e.getMessage() + ".");
        }
    }

    /**
     * The Markdown report.
     *
     * @throws ProblemException (REPORT_UNREADABLE)
     */
    public String text() {
        return text(markdown);
    }

    private FileTime writtenAt() {
        try {
            return Files.getLastModifiedTime(json);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unreadable(file, "It is larger than any that dbops writes.");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static ProblemException unreadable(Path file, String why) {
        return Problem.of(
                        Code.REPORT_UNREADABLE,
                        "The report " + file.getFileName() + " cannot be read.",
                        why,
                        "Run the goal again that writes it, and dbops:comment after it in the same job.")
                .at(file.toString())
                .exception();
    }
}
