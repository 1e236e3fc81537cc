package io.github.dbops.sync.plan;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.sync.Plan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;

/** Reads {@code sync-plan.json}; spec section 5, "The plan". */
public final class PlanReader {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private PlanReader() {}

    /**
     * The plan in a file. Comments, trailing commas and a byte order mark are accepted. Needs no connection: whether the
     * databases fit the plan is the comparison's question.
     *
     * @throws ProblemException {@link Code#PLAN_MISSING} where the file cannot be read, {@link Code#PLAN_MALFORMED} at
     *     the first place where it is not JSON, else one {@link Code#PLAN_INVALID} or {@link Code#WHERE_INVALID} for
     *     each thing wrong with it, in the file's order
     */
    public static Plan read(PlanFile file) {
        Json root = JsonReader.read(file.name(), text(file));
        return PlanBinder.bind(file.name(), root);
    }

    private static String text(PlanFile file) {
        byte[] bytes = bytes(file);
        try {
            String text =
                    charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problem.of(
                            Code.PLAN_MALFORMED,
                            "The plan " + file.name() + " is not text.",
                            "It is not encoded in UTF-8.",
                            "Save " + file.name() + " as UTF-8.")
                    .at(file.name())
                    .withState(Complaints.STATE)
                    .exception(e);
        }
    }

    private static byte[] bytes(PlanFile file) {
        try {
            return Files.readAllBytes(file.path());
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "Permission denied." : "It is not there any more.";
            throw Problem.of(
                            Code.PLAN_MISSING,
                            "The plan " + file.name() + " cannot be read.",
                            why,
                            "Check the file: ls -l " + file.path())
                    .withState(Complaints.STATE)
                    .exception(e);
        }
    }

    // PowerShell's > writes UTF-16 with a byte order mark.
    private static Charset charset(byte[] bytes) {
        boolean marked = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                        || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
