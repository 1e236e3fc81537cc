package io.github.dbops.postgres.embedded;

import io.github.dbops.env.DatabaseUrl;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scripts that build an embedded database, in the order they run: as the URL lists them, a directory's by path.
 *
 * @param scripts possibly none
 */
record InitScripts(List<Script> scripts) {

    /** Raised when the same scripts would build another database than before. */
    private static final int BUILD_FORMAT = 1;

    /**
     * One file.
     *
     * @param name as its user knows it: relative to the project, with forward slashes
     * @param sql its whole text
     */
    record Script(String name, String sql) {}

    InitScripts {
        scripts = List.copyOf(scripts);
    }

    /**
     * Reads what a URL names.
     *
     * @throws io.github.dbops.problem.ProblemException (EMBEDDED_INIT_FAILED) where there is nothing to read, or it is
     *     not UTF-8
     */
    static InitScripts read(DatabaseUrl.Embedded url, Path directory) {
        List<Script> scripts = new ArrayList<>();
        for (String entry : url.init()) {
            Path path = directory.resolve(entry);
            if (Files.isDirectory(path)) {
                List<Path> files = under(path);
                if (files.isEmpty()) {
                    throw missing(url, entry, "No *.sql file is in it or below it.");
                }
                files.forEach(file -> scripts.add(script(url, directory, file)));
            } else if (Files.isRegularFile(path)) {
                scripts.add(script(url, directory, path));
            } else {
                throw missing(url, entry, "There is no such file or directory in " + directory + ".");
            }
        }
        return new InitScripts(scripts);
    }

    private static List<Path> under(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file -> withSlashes(folder.relativize(file))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Script script(DatabaseUrl.Embedded url, Path directory, Path file) {
        String name = withSlashes(file.startsWith(directory) ? directory.relativize(file) : file);
        try {
            String text = Files.readString(file);
            return new Script(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw Problem.of(
                            Code.EMBEDDED_INIT_FAILED,
                            url.display() + " cannot be built: a script is not UTF-8.",
                            "It holds bytes that are no UTF-8 text.",
                            "Save " + name + " as UTF-8.")
                    .at(name)
                    .withState(ScriptRunner.UNBUILT)
                    .exception(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same order on every system, whatever stands between a path's names there. */
    private static String withSlashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static RuntimeException missing(DatabaseUrl.Embedded url, String entry, String why) {
        return Problem.of(
                        Code.EMBEDDED_INIT_FAILED,
                        url.display() + " cannot be built: \"" + entry + "\" has no scripts.",
                        why,
                        "Correct init= in the URL; paths begin at the project: embedded:" + url.name()
                                + "?init=db/schema.sql,db/seed/")
                .at(entry)
                .withState(ScriptRunner.UNBUILT)
                .exception();
    }

    /** Changes whenever the same URL would build another database: version, schema, names, order, contents. */
    String hash(int version, @Nullable String schema) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DataOutputStream out =
                    new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
                out.writeInt(BUILD_FORMAT);
                out.writeInt(version);
                writeText(out, schema == null ? "" : schema);
                for (Script script : scripts) {
                    writeText(out, script.name());
                    writeText(out, script.sql());
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** For the console: {@code 3 scripts}. */
    String inWords() {
        return switch (scripts.size()) {
            case 0 -> "no script";
            case 1 -> scripts.get(0).name();
            default -> scripts.size() + " scripts";
        };
    }
}
