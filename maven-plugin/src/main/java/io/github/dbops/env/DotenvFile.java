package io.github.dbops.env;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An env file's variables; the rules are in docs/environments.md. Its values never show in {@link #toString}. */
final class DotenvFile {

    private final String shown;
    private final Map<String, Variable> variables;

    DotenvFile(String shown, Map<String, Variable> variables) {
        this.shown = shown;
        this.variables = new LinkedHashMap<>(variables);
    }

    /**
     * One definition.
     *
     * @param value quotes and escapes resolved, references replaced; may be empty
     * @param line where it is defined, from 1
     * @param dangling it refers to a variable that is set nowhere; that reference became nothing
     */
    record Variable(Secret value, int line, boolean dangling) {}

    /**
     * Reads a file.
     *
     * @param file where it is
     * @param shown how messages call it
     * @param environment what references fall back to
     * @throws io.github.dbops.problem.ProblemException ENV_FILE_MISSING, or ENV_FILE_MALFORMED with every malformed line
     */
    static DotenvFile read(Path file, String shown, Map<String, String> environment) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(shown, e).exception(e);
        }
        return parse(decode(bytes, shown), shown, environment);
    }

    /**
     * Takes an env file's text apart.
     *
     * @throws io.github.dbops.problem.ProblemException ENV_FILE_MALFORMED with every malformed line
     */
    static DotenvFile parse(String text, String shown, Map<String, String> environment) {
        return new DotenvFile(shown, new DotenvParser(text, shown, environment).variables());
    }

    /** A variable's last definition. */
    Optional<Variable> find(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** The names defined, sorted. */
    Set<String> names() {
        return new TreeMap<>(variables).keySet();
    }

    @Override
    public String toString() {
        return shown + " " + names();
    }

    private static Problem unreadable(String shown, IOException e) {
        // The platform's message is mostly the path alone, so the exception's type has to say what it is.
        String why = e instanceof NoSuchFileException
                ? "There is no such file."
                : e instanceof AccessDeniedException
                        ? "Its permissions do not let this user read it."
                        : "The system answered " + e.getClass().getSimpleName() + ".";
        return Problem.of(
                        Code.ENV_FILE_MISSING,
                        "Cannot read the env file " + shown + ".",
                        why + " Relative paths start at the project's directory.",
                        "Name a file that can be read, or leave the property out to use the default.")
                .at(shown);
    }

    private static String decode(byte[] bytes, String shown) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (decoder.decode(ByteBuffer.wrap(bytes), text, true).isError()) {
            String sound = text.flip().toString();
            int line = 1 + (int) sound.chars().filter(c -> c == '\n').count();
            int column = sound.length() - sound.lastIndexOf('\n');
            throw Problem.of(
                            Code.ENV_FILE_MALFORMED,
                            "The env file " + shown + " is not UTF-8.",
                            "Expected UTF-8 text; PowerShell's > writes UTF-16, for one.",
                            "Save the file as UTF-8.")
                    .at(shown + ":" + line + ":" + column)
                    .exception();
        }
        return text.flip().toString();
    }
}
