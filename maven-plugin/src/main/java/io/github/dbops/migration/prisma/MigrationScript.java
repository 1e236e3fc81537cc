package io.github.dbops.migration.prisma;

import io.github.dbops.migration.PrismaExecution;
import io.github.dbops.postgres.ScriptReader;
import io.github.dbops.postgres.SqlStatement;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a {@code migration.sql}.
 *
 * @param place the file, for people
 * @param text all of it; where it is not UTF-8, with U+FFFD as Prisma reads it
 * @param checksum of its bytes
 * @param encoding whether it is UTF-8
 */
record MigrationScript(String place, String text, String checksum, Encoding encoding) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern HEADER = Pattern.compile("--\\s*dbops:execution\\s+(\\S+)\\s*");

    private static final Pattern RELEASES =
            Pattern.compile("pg_advisory_unlock|\\bdiscard\\s+all\\b", Pattern.CASE_INSENSITIVE);

    /** Whether a file's bytes are a text. */
    enum Encoding {
        UTF_8,
        BROKEN
    }

    static MigrationScript of(String place, byte[] bytes) {
        String checksum = Checksum.of(bytes);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new MigrationScript(place, text, checksum, Encoding.UTF_8);
        } catch (CharacterCodingException e) {
            return new MigrationScript(place, new String(bytes, StandardCharsets.UTF_8), checksum, Encoding.BROKEN);
        }
    }

    /** Whether a recorded checksum is this script's. */
    boolean has(String recorded) {
        return recorded.equals(checksum) || Checksum.isOf(recorded, text);
    }

    /** Its statements in order; what is for psql alone is left to the server's judgement. */
    List<SqlStatement> statements() {
        return new ScriptReader(text, ScriptReader.PsqlParts.PASSED_ON).statements();
    }

    /** It can give away the lock of the session in which it runs. */
    boolean mayReleaseLocks() {
        return RELEASES.matcher(text).find();
    }

    /** It begins with U+FEFF, which PostgreSQL takes for a name. */
    boolean beginsWithByteOrderMark() {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    }

    /** The line of a character, both counted from 1. */
    int lineAt(int position) {
        int end =
                text.offsetByCodePoints(0, Math.max(0, Math.min(position - 1, text.codePointCount(0, text.length()))));
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    /**
     * What its header says: a leading comment line {@code -- dbops:execution statement}.
     *
     * @throws io.github.dbops.problem.ProblemException SETTING_INVALID
     */
    Optional<PrismaExecution> execution() {
        int line = 0;
        for (String each : text.lines().map(String::strip).toList()) {
            line++;
            if (!each.isEmpty() && !each.startsWith("--")) {
                return Optional.empty();
            }
            Matcher header = HEADER.matcher(each);
            if (header.matches()) {
                return Optional.of(execution(header.group(1), line));
            }
        }
        return Optional.empty();
    }

    private PrismaExecution execution(String word, int line) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "auto" -> PrismaExecution.AUTO;
            case "file" -> PrismaExecution.FILE;
            case "statement" -> PrismaExecution.STATEMENT;
            default ->
                throw Problem.of(
                                Code.SETTING_INVALID,
                                "The migration's header asks for an execution \"" + word + "\".",
                                "There are auto, file and statement.",
                                "Write one of them: -- dbops:execution statement")
                        .at(place + ":" + line)
                        .exception();
        };
    }
}
