package io.github.dbops.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages for users, relative to the repository. */
final class Pages {

    /** A fenced block: its language, its text. */
    static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\n(.*?)^ *```$");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Pages() {}

    /** All of them; sorted. */
    static Stream<Path> all() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.of(docs, top, Stream.of(ROOT.resolve("it/demo/README.md")))
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** A page's text. */
    static String read(Path page) {
        try {
            return Files.readString(ROOT.resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page's fenced blocks, whole. */
    static List<String> blocks(String page) {
        return FENCE.matcher(page).results().map(block -> block.group()).toList();
    }
}
